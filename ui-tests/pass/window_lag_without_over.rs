include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::id - User::id.lag(1).over(window().order_by(User::id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
