include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    db.transaction(async |tx| tx.retry(async |_| Ok(())).await).await?;
    Ok(())
}

fn main() {
    execute(run);
}
