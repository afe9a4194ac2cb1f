include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let first = User::query().use_index("PRIMARY").limit(3).derived(alias!(first));
    first.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
