include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let managers = User::query().select(User::manager_id);
    let _: Vec<Option<i64>> = User::query().select(User::id).union(managers).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
