include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::age.max(), User::id.sum().sum().over(window()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
