include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update().set(User::name.set("x")).all_rows().execute(3).await?;
    Ok(())
}

fn main() {
    execute(run);
}
