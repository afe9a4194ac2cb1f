include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Manager::query()
        .filter(exists(User::query().outer::<Manager>().filter(User::manager_id.eq(Manager.id))))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
