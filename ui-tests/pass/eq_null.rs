include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.is_null()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
