include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.eq(None)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
