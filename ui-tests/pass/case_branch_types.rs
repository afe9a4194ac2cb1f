include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(case(User::id).when(1, "a").otherwise("c")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
