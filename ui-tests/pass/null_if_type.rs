include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(User::name.null_if("")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
