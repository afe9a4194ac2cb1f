include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values(()).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
