include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().inner_join::<User>().on(Post::author_id.eq(User::id)).keyset((Post::id, User::id)).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
