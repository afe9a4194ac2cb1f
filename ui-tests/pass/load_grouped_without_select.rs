include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name).with(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
