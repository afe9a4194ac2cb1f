include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::delete().using::<User>().filter(Post::author_id.eq(User::id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
