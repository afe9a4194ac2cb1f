include!("../tables.rs");
include!("../on_postgres.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "prices")]
struct Price {
    #[column(primary_key)]
    id: i64,
    amount: rust_decimal::Decimal,
}

async fn run(db: &PgPool) -> Result<(), Error> {
    schema! { Price }.create_tables(db).await?;
    Price::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
