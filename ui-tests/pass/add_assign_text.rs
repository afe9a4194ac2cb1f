include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::age.add_assign(1)).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
