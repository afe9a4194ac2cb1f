include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().keyset((User::name.asc(), User::manager_id.coalesce(0))).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
