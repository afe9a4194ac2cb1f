include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(row_number().over(window().order_by(User::id)).max()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
