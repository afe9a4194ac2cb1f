include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
