include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::name.initcap().eq("Ann")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
