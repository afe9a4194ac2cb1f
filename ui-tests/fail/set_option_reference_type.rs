include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let age = Some(3_i64);
    User::update().set(User::age.set(&age)).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
