include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .filter(User::id.in_(Post::query().group_by(Post::author_id).select(Post::author_id)))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
