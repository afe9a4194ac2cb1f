include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.greatest(18).eq(18)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
