include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().filter(Post::author_id.eq(1)).count(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
