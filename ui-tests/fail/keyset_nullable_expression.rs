include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().keyset(((User::age + 1).desc(), User::id)).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
