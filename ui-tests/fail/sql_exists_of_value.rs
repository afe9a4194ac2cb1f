include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "EXISTS ({User::id})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
