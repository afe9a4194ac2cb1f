include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).on_conflict_do_nothing().insert_id(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
