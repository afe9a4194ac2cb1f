include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let some = prepare(|id: Param<i64>| User::query().filter(User::id.in_([id])));
    some.fetch_all(db, 1).await?;
    Ok(())
}

fn main() {
    execute(run);
}
