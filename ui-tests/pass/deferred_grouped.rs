include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name).page(9, 3).deferred().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
