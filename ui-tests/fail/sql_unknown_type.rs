include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(sql!(Vec<String>, "name")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
