include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((count_star(), User::age.max(), User::email.lower().max())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
