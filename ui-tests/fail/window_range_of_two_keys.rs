include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star().over(window().order_by((User::age, User::id)).range_between(preceding(1), current_row()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
