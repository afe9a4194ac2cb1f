include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    User::update().from_query(&totals).set(User::age.set(3)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
