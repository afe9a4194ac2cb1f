include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().with(User::groups()).with(User::groups()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
