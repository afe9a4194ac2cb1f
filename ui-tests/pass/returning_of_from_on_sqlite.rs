include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().from::<User>().set(Post::title.set(User::name)).filter(Post::author_id.eq(User::id)).returning(Post::title).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
