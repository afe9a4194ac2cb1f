include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::id.gt(0).bool_and()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
