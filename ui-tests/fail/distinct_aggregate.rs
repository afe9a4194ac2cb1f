include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().distinct().select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
