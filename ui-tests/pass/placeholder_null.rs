include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let by = prepare(|age: Param<i32>| User::query().filter(User::age.eq(age)));
    by.fetch_all(db, 3).await?;
    Ok(())
}

fn main() {
    execute(run);
}
