include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(count_star());
    User::query().filter(posts.gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
