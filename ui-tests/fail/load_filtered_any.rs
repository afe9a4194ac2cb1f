include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::posts().filter(Post::views.gt(1)).any()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
