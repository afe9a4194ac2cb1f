include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<i64> = User::query().select(User::age.sum()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
