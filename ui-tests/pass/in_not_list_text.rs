include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::name.in_(["a", "b"])).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
