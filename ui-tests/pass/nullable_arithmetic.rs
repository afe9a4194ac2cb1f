include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<Option<i32>> = User::query().select(User::age + 1).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
