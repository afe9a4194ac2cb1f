include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().limit(1).for_update().skip_locked().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
