include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().with(User::posts()).with(Post::author()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
