include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::id, (User::name, User::age), [(1, "Ann")]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
