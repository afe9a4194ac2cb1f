include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let latest = Post::query().order_by(Post::id.desc());
    User::query().filter(User::id.eq(latest.select((Post::author_id, Post::id)).one_value())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
