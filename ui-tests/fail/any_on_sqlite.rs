include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.gt_all(Post::query().select(Post::author_id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
