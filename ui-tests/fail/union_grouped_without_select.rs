include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let groups = Post::query().group_by(Post::author_id);
    Post::query().union(groups).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
