include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Post>().select(Post::title).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
