include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::update().set(User::age.set(3)).all_rows().order_by(count_star()).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
