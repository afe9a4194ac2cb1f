include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::id.eq(1).and(User::age.eq(3))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
