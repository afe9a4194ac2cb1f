include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(User::name.lower().eq("x").and(User::age.gt("3"))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
