include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<User>().on(User::id.eq(User::manager_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
