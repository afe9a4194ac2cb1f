include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::query().use_index("users_email_ci").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
