include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter((User::id.gt(1), User::name.not_ilike("a%"))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
