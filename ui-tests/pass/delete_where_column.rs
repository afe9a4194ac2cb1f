include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::is_active).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
