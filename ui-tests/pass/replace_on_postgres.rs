include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).on_conflict(User::id).do_update_all().execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
