include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(value(1)).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
