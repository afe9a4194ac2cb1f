include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let rows: Vec<(Option<String>, i64)> = User::query().group_by(rollup(User::name)).select((User::name, count_star())).fetch_all(db).await?;
    drop(rows);
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
