include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let some = prepare(|ids: Param<Vec<String>>| User::query().filter(User::id.in_(ids)));
    some.fetch_all(db, vec!["1".to_owned()]).await?;
    Ok(())
}

fn main() {
    execute(run);
}
