include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(case_when(count_star().gt(3), true).otherwise(false)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
