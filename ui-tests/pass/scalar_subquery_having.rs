include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query().select(count_star()).having(count_star().gt(1)).one_value();
    let _: Vec<Option<i64>> = User::query().select(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
