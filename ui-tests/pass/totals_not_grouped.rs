include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().group_by(rollup((User::age, User::name))).select(User::name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
