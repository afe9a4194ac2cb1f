include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().with(Post::author()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
