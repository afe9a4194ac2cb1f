include!("../schema.rs");

alias!(Posts = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().left_join::<Posts>().on(Posts.id.eq(Post::author_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
