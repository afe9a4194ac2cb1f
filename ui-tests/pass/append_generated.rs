include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().set(Post::title.append("!")).filter(Post::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
