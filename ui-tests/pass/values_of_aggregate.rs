include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("a"), User::email.set("b"), User::id.set(7))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
