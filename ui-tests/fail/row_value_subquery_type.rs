include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select((Post::author_id, Post::views));
    User::query().filter(row_value((User::id, User::name)).in_(posts)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
