include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::update().set(User::age.set(3)).all_rows().limit(1).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
