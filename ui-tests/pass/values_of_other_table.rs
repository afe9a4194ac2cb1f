include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("a"), User::email.set("b"), User::age.set(3))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
