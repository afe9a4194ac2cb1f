include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let id = 1;
    User::query().inner_join::<Post>().on(Post::author_id.eq(id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
