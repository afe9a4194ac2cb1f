include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let mut filters = Filters::new();
    filters.push(User::id.gt(3));
    User::query().filter(filters.all()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
