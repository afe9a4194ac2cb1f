include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = Some("x".to_owned());
    User::update().set(User::name.set(&name)).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
