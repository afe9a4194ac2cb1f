include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let authors = Post::query().select((Post::id, Post::author_id));
    User::query().filter(sql!(bool, "{User::id} IN ({authors})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
