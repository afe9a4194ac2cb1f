include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let by = prepare(|age: Param<Option<i32>>| User::query().filter(User::age.eq(age)));
    by.fetch_all(db, Some(3)).await?;
    Ok(())
}

fn main() {
    execute(run);
}
