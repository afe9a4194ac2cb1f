include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star().filter(count_star().gt(1))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
