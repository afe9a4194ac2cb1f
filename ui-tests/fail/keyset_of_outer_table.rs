include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).keyset((Post::id, User::id)).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
