include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().force_index("users_email_ci").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
