include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((true.then_some(User::name.max()), count_star())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
