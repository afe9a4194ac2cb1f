include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name.string_agg(", ").order_by(User::id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
