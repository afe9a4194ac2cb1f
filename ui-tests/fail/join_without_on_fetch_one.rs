include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Post>().fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
