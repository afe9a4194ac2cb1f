include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::id, User::name)).order_by_output(|(_, name)| name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
