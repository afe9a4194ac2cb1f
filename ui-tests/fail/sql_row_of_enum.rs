include!("../schema.rs");

#[derive(SqlRow)]
enum Row {
    Happy,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _moods: Vec<Row> = sql_query!(Row, "SELECT 1").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
