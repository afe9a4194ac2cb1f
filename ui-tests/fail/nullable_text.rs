include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<String> =
        User::query().left_join::<Post>().on(User::posts()).select(Post::title.upper()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
