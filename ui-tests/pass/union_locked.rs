include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::query().union(User::query()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
