include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    User::delete().using_query(&totals).filter((totals.author.eq(User::id), totals.n.gt(3))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
