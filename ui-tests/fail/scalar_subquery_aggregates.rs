include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.eq(Post::query().select((Post::id.count(), Post::views.max())))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
