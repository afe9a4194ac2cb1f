include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(count_star().over(partition_by(User::age).order_by(User::id.desc()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
