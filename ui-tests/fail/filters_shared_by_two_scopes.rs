include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let mut filters = Filters::new();
    filters.push(User::name.eq("x"));
    User::query().filter(filters.clone().all()).fetch_all(db).await?;
    User::query().inner_join::<Post>().on(User::posts()).filter(filters.all()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
