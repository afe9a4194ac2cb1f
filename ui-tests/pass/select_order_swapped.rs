include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(String, i64)> = User::query().select((User::name, User::id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
