include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<User> = User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
