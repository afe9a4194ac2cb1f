include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::id + 1, User::name)).order_by_output(|(id, _)| *id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
