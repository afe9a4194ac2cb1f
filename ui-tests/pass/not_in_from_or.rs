include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(or((User::id.eq(1), User::age.eq(2)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
