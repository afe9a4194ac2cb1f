include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().for_update().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
