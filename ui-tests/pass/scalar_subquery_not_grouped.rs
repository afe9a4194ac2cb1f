include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(count_star());
    User::query().group_by(User::key()).select((User::name, posts)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
