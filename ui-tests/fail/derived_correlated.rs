include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let best = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).derived(alias!(best));
    User::query().inner_join_to(&best).on(best.views.gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
