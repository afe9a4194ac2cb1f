include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::query().union(User::query().for_update()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
