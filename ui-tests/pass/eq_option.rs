include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let age: Option<i32> = Some(3);
    User::query().filter(age.map(|age| User::age.eq(age))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
