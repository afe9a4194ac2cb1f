include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let add = prepare(|name: Param<String>| User::insert().values((User::name.set(name), User::email.set("a@x"))).returning(User::id));
    add.fetch_one(db, "Ann".into()).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
