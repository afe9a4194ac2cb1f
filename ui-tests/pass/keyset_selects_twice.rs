include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().keyset(User::id).select((User::name, User::age)).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
