include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().select(count_star().over(window().order_by(User::id).groups_between(preceding(1), current_row()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
