include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    alias!(Manager = User);
    User::query().narrow(|q| q.inner_join::<Manager>().on(User::manager_id.eq(Manager.id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
