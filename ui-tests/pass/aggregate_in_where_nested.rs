include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.eq(User::age.coalesce(3) + 1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
