include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query::<Sqlite>().filter(Post::author_id.eq(1));
    println!("{}", posts.to_sql());
    User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
