include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(i64, Option<String>)> =
        User::query().select((User::id, true.then_some(User::name))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
