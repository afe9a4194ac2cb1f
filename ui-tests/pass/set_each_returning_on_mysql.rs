include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::update().set_each(User::id, User::age, [(1, 1)]).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
