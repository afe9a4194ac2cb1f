include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star().over(window().rows_between(current_row(), preceding(1)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
