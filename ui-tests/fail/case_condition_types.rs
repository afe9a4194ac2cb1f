include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(case_when(User::age.lt(18), 1).when("adult", 2).end()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
