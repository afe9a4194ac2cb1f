include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::update().set(Post::views.set(row_number().over(window()))).all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
