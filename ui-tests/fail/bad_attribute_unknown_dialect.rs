include!("../tables.rs");
include!("../on_postgres.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "events", dialect = Postgre)]
struct Event {
    #[column(primary_key)]
    id: i64,
    name: String,
}

async fn run(db: &PgPool) -> Result<(), Error> {
    schema! { Event }.create_tables(db).await?;
    Event::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
