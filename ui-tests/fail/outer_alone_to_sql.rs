include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = Post::query::<Sqlite>().outer::<User>().filter(Post::author_id.eq(User::id));
    println!("{}", posts.to_sql());
    User::query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
