include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(rank().over(partition_by(User::age))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
