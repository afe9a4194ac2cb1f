include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select(Post::author_id);
    User::query().select(User::id).union(posts).filter(User::id.gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
