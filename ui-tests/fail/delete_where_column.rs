include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::id).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
