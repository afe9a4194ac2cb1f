include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let by = prepare(|(id, name): (Param<i64>, Param<String>)| User::query().filter((User::id.eq(id), User::name.eq(name))));
    by.fetch_all(db, (1, "Ann".into())).await?;
    Ok(())
}

fn main() {
    execute(run);
}
