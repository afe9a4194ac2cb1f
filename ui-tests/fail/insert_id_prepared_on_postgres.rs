include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let add = prepare(|name: Param<String>| User::insert().values((User::name.set(name), User::email.set("a@x"))).with_id());
    add.insert_id(db, "Ann".into()).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
