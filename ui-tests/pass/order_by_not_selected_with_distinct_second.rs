include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .distinct()
        .select((User::name, User::email, User::age))
        .order_by((User::name.asc(), User::age.desc()))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
