include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().set_each(Post::id, Post::title, [(1, "x")]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
