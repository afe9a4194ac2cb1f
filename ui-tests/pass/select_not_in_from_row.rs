include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(row!({ id: User::id, title: User::name })).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
