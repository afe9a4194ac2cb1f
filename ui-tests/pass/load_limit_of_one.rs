include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().with(User::posts().limit(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
