include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(exists(Post::query().filter(Post::id.eq(1)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
