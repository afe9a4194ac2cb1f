include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().set_each(Post::id, Post::slug, [(1, "x")]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
