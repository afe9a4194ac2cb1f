include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(String,)> = User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
