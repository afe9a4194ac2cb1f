include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::is_active.cast::<i64>().json_agg()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
