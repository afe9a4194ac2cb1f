include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let mut tx = db.begin().await.expect("a transaction");
    User::query().fetch_all(&mut tx).await?;
    tx.commit().await.expect("a commit");
    Ok(())
}

fn main() {
    execute(run);
}
