include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::id, User::age, [(1, 1)]).set(User::is_active.set(true)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
