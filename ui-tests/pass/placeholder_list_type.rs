include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let some = prepare(|ids: Param<Vec<i64>>| User::query().filter(User::id.in_(ids)));
    some.fetch_all(db, vec![1]).await?;
    Ok(())
}

fn main() {
    execute(run);
}
