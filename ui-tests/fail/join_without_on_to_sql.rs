include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query::<Sqlite>().left_join::<Post>().to_sql();
    User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
