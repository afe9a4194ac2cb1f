include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().group_by(User::name.length()).select((User::name.length() * 2, count_star())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
