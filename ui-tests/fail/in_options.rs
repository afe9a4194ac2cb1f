include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.in_([Some(1), None])).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
