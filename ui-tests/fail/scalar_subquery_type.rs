include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::name.eq(Post::query().select(Post::id.count()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
