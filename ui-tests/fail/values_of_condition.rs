include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.eq("a"), User::email.eq("b"))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
