include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::groups().any_where(User::name.eq("x"))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
