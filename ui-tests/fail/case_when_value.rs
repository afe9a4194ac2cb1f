include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(case_when(User::id, "a").otherwise("b")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
