include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.in_([1, 2])).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
