include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name.cast::<i64>()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
