include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    sql_query!(std::time::Duration, "SELECT 1").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
