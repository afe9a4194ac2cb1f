include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(and((User::id.eq(1), User::name))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
