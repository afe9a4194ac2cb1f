include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Post>().on(Post::author_id.eq(row_number().over(window().order_by(User::id)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
