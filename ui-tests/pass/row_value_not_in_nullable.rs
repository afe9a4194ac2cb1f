include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    alias!(Manager = User);
    let managers = Manager::query().select((Manager.manager_id.coalesce(0), Manager.name));
    User::query().filter(row_value((User::id, User::name)).not_in(managers)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
