include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let first = prepare(|()| User::query().order_by(User::id).limit(3));
    first.fetch_all(db, ()).await?;
    Ok(())
}

fn main() {
    execute(run);
}
