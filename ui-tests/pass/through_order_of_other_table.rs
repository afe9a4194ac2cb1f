include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().with(User::groups().order_by(Membership::role)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
