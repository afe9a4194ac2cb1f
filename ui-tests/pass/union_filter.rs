include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select(Post::author_id);
    User::query().filter(User::id.gt(1)).select(User::id).union(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
