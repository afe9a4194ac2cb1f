include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::name.ilike("a%")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
