include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::age.set(3), User::email.set("b"))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
