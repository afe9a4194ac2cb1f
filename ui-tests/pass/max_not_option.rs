include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<Option<i64>> = User::query().select(User::id.max()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
