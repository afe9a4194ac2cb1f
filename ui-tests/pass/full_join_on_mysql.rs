include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().left_join::<Post>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
