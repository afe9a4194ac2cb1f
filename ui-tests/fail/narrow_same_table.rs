include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().narrow(|q| q.inner_join::<User>().on(User::manager_id.eq(User::id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
