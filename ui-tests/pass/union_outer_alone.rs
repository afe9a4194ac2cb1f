include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::id);
    User::query().filter(exists(User::query().select(User::id).union(posts))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
