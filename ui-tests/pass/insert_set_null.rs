include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).set(User::age.set(None)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
