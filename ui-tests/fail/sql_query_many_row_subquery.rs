include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let author = Post::query().select(Post::author_id);
    sql_query!(i64, "SELECT {User::id} FROM {User} WHERE {User::id} = {author}").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
