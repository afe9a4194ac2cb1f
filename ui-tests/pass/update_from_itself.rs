include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().from::<User>().set(Post::title.set("x")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
