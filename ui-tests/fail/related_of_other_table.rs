include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().filter(User::posts().any()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
