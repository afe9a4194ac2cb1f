include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(rollup(User::age)).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
