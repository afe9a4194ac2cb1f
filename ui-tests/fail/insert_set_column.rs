include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).set(User::manager_id.set(User::id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
