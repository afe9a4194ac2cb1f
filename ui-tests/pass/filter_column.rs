include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::is_active).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
