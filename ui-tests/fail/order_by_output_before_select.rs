include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().order_by_output(|user| user.name).select(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
