include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("a"), User::email.set("b"))).execute(db).await?;
    User::posts().add(1, 7).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
