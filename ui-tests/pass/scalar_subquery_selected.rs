include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((User::name, Post::query().select(Post::title).one_value())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
