include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(true).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
