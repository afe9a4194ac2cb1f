include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Group>().on(User::groups()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
