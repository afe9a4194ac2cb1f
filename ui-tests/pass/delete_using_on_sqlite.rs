include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::delete().filter(exists(User::query().outer::<Post>().filter(Post::author_id.eq(User::id)))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
