include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::delete().all_rows().limit(1).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
