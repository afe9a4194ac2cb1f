include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().set(Post::views.set(Post::id)).all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
