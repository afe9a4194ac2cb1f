include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().group_by(User::name.length()).select(count_star()).order_by(User::name.length().desc()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
