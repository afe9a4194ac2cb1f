include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::name.set("x")).filter(User::id.eq(1)).returning(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
