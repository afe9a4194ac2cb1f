include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::delete().filter(User::id.eq(1)).returning(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
