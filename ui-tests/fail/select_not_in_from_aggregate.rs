include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((count_star(), Post::views.sum())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
