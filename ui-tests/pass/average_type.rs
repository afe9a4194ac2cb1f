include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let sums: Vec<(i64, Option<f64>)> = User::query().select((count_star(), User::id.avg())).fetch_all(db).await?;
    drop(sums);
    Ok(())
}

fn main() {
    execute(run);
}
