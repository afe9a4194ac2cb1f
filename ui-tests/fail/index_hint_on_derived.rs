include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let first = User::query().limit(3).derived(alias!(first));
    first.query().use_index("PRIMARY").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
