include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(count_star().over(window())).select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
