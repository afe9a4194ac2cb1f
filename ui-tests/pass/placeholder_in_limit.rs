include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let first = prepare(|rows: Param<u64>| User::query().order_by(User::id).limit(rows));
    first.fetch_all(db, 3).await?;
    Ok(())
}

fn main() {
    execute(run);
}
