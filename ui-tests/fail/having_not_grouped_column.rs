include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).having(User::is_active).select(User::name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
