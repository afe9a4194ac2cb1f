include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().having(User::id.gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
