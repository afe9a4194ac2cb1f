include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().order_by(User::name).select(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
