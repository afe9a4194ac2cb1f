include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).returning(User::id).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
