include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().cross_join::<Post>().cross_join::<Post>().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
