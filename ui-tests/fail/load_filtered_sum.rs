include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::id, User::posts().filter(Post::views.gt(1)).sum(Post::views))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
