include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(i64, bool)> = User::query().select((User::id, User::age.gt(18))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
