include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).on_conflict_on_constraint("users_pkey").do_nothing().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
