include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(i64, Post)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .select((User::id, Post::all()))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
