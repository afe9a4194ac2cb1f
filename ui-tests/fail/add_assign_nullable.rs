include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::id.add_assign(User::manager_id)).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
