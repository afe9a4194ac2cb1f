include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Post>().limit(3).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
