include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .filter(not_exists(Manager::query().outer::<User>().filter(Manager.manager_id.eq(User::id))))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
