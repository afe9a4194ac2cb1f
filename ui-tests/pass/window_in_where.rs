include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().order_by(row_number().over(window().order_by(User::id))).limit(3).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
