include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().fetch_all("sqlite::memory:").await?;
    Ok(())
}

fn main() {
    execute(run);
}
