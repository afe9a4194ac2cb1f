include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::delete().all_rows().returning(Post::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
