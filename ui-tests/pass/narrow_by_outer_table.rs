include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().narrow(|q| q.inner_join::<Post>().on(Post::author_id.eq(User::id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
