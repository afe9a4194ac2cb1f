include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::name.set("x")).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
