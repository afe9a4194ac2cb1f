include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    db.retry(async |tx| tx.transaction(async |_| Ok(())).await).await?;
    Ok(())
}

fn main() {
    execute(run);
}
