include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).select(rank().over(window().order_by(User::age))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
