include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Post>().on(User::posts()).distinct().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
