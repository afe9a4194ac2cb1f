include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Post>().on(Post::author_id.eq(User::id)).page(9, 3).deferred().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
