include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let latest = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::title).one_value();
    let _: Vec<(i64, String)> = User::query().select((User::id, latest)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
