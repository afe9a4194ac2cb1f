include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let best = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).lateral(alias!(best));
    User::query().cross_join_lateral(&best).select((User::name, best.title)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
