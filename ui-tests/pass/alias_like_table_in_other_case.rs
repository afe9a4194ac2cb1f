include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Manager>().on(Manager.id.eq(User::manager_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
