include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<i32> = User::query().select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
