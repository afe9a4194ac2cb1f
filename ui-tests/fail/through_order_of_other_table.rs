include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().with(User::groups().order_by(User::name)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
