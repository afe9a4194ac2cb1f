include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().derived(alias!(posts));
    User::query().inner_join_to(&posts).on(posts.author_id.eq(User::id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
