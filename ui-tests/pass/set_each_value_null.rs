include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set_each(User::id, User::age, [(1, None::<i32>)]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
