include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query();
    posts.clone().union(posts).select(Post::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
