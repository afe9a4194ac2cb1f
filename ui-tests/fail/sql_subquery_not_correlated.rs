include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().filter(Post::author_id.eq(User::id));
    User::query().filter(sql!(bool, "EXISTS ({posts})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
