include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(or((User::id.eq(1), User::age.max().gt(3)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
