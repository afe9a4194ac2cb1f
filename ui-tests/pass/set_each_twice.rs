include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::id, (User::name, User::email), [(1, ("a", "b"))]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
