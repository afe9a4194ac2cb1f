include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Post>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
