include!("../tables.rs");
include!("../on_mysql.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "counters", dialect = MySql)]
struct Counter {
    #[column(primary_key)]
    id: i64,
    total: u64,
}

async fn run(db: &MySqlPool) -> Result<(), Error> {
    schema! { Counter }.create_tables(db).await?;
    Counter::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
