include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(User, Post)> = User::query().left_join::<Post>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
