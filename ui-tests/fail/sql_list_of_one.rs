include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "{User::id} IN ({3_i64})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
