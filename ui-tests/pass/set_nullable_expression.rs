include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::manager_id.set(User::id)).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
