include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.not_in(User::query().select(User::manager_id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
