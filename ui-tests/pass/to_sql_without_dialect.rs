include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{}", User::query::<Sqlite>().to_sql());
    User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
