include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let mut filters = Filters::new();
    filters.push(User::name.eq("x"));
    User::update().set(User::name.set("x")).filter(filters.all()).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
