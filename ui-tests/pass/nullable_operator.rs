include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(i64, Option<bool>)> =
        User::query().select((User::id, User::age.gt(18))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
