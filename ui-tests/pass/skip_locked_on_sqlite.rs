include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().limit(1).for_update().skip_locked().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
