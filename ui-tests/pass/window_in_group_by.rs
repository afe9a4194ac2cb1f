include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::age).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
