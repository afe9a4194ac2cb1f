include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.in_(Post::query().select(Post::author_id))).page(9, 3).deferred().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
