include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.gt(Post::query().select(Post::author_id.max()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
