include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::name, User::age, [("Ann", 1)]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
