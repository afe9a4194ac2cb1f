include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).or_replace().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
