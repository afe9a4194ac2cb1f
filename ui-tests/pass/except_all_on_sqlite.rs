include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select(Post::author_id);
    User::query().select(User::id).except(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
