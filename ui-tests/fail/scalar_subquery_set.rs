include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::name.set(Post::query().select(Post::title))).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
