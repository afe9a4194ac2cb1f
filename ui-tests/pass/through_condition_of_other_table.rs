include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::groups().any_where(Group::name.eq("x"))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
