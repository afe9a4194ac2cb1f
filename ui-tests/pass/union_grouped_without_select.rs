include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let groups = Post::query().group_by(Post::author_id).select(Post::author_id);
    Post::query().select(Post::id).union(groups).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
