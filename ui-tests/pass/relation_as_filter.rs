include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::posts().any()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
