include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(rank().over(window().order_by(Post::id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
