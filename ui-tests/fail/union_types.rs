include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select((Post::id, Post::views));
    User::query().select((User::id, User::name)).union(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
