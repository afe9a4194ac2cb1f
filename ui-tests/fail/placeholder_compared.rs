include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let by = prepare(|name: Param<i64>| User::query().filter(User::name.eq(name)));
    by.fetch_all(db, 1).await?;
    Ok(())
}

fn main() {
    execute(run);
}
