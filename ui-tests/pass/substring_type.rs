include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name.substring(1, 3)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
