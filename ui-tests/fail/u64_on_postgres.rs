include!("../tables.rs");
include!("../on_postgres.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "counters", dialect = Postgres)]
struct Counter {
    #[column(primary_key)]
    id: i64,
    total: u64,
}

async fn run(db: &PgPool) -> Result<(), Error> {
    schema! { Counter }.create_tables(db).await?;
    Counter::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
