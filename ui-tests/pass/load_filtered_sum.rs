include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::id, User::posts().value(Post::views.sum().filter(Post::views.gt(1))))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
