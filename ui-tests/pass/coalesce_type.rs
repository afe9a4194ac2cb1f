include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::age.coalesce(0)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
