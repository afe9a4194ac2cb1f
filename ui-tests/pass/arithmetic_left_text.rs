include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(1_i64 + User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
