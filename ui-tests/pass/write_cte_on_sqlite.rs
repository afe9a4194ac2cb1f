include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::delete().filter(Post::views.eq(0)).returning(row!({ id: Post::id })).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
