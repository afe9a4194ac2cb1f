include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(String, i64)> = User::query().select((User::id, User::name)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
