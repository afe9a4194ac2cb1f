include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Post>().group_by(Post::title).select(Post::title).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
