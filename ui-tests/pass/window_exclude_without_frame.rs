include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star().over(window().rows_between(unbounded(), unbounded()).exclude_current_row())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
