include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    db.transaction(async |tx| User::query().fetch_all(tx).await).await?;
    Ok(())
}

fn main() {
    execute(run);
}
