include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::id, User::name, [(1, None::<String>)]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
