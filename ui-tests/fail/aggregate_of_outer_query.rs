include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).group_by(Post::views);
    User::query().filter(exists(posts.having(User::id.max().gt(1)).select(Post::views))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
