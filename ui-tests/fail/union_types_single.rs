include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::id).union_all(Post::query().select(Post::title)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
