include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().filter(User::name.length().gt(3)).group_by(User::name.length()).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
