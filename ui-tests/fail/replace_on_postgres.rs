include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).or_replace().execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
