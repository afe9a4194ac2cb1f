include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star()).having(count_star().gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
