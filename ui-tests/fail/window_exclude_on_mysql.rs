include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().select(User::id.sum().over(window().rows_between(unbounded(), unbounded()).exclude_current_row())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
