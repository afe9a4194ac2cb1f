include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let by = prepare(|name: Param<String>| User::query().filter(User::name.eq(name)));
    by.fetch_all(db, "Ann".into()).await?;
    Ok(())
}

fn main() {
    execute(run);
}
