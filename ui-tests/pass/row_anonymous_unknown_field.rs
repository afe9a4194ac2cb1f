include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let rows = User::query().select(row!({ id: User::id, title: User::name })).fetch_all(db).await?;
    println!("{:?}", rows.first().map(|row| &row.title));
    Ok(())
}

fn main() {
    execute(run);
}
