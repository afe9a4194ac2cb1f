include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().having(count_star().gt(1)).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
