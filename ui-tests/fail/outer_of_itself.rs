include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .filter(exists(User::query().outer::<User>().filter(User::manager_id.eq(User::id))))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
