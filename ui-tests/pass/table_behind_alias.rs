include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Manager::query().filter(Manager.name.eq("x")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
