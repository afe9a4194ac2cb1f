include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let mut filters = Filters::new();
    filters.push(User::name.eq("x"));
    User::delete().filter(filters.all()).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
