include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let best = Post::query().derived(alias!(best));
    User::query().inner_join_to(&best).on(best.author_id.eq(User::id)).select((User::name, best.title)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
