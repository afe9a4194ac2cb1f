include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "events", dialect = Postgres)]
struct Event {
    #[column(primary_key)]
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Event>().on(Event::id.eq(User::id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
