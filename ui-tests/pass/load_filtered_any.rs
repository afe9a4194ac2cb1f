include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::posts().any_where(Post::views.gt(1))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
