include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Manager::update().set(User::name.set("x")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
