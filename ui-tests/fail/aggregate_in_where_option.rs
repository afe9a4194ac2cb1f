include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(Some(3).map(|n| count_star().gt(n))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
