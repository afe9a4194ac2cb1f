include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.between(1, 9)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
