include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.coalesce(0).greatest(18).eq(18)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
