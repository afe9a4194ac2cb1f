include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let best = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).cte(alias!(best));
    best.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
