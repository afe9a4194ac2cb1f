include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().left_join::<User>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
