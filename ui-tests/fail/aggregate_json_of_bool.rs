include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::is_active.json_agg()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
