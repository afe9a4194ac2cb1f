include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(sql!(std::time::Duration, "name")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
