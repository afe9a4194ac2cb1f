include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select(row!({ id: Post::id, text: Post::title }));
    posts.clone().union(posts).order_by_output(|row| row.title).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
