include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::age.gt(18_i64)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
