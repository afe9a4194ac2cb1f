include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(row_value((User::name, User::id)).gt(("Ann", 7))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
