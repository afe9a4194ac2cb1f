include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let author = Post::query().select(Post::author_id).one_value();
    User::query().filter(sql!(bool, "{User::id} = {author}")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
