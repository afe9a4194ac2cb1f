include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .cte(alias!(totals));
    User::query().inner_join_to(&totals).on(totals.author.eq(User::id)).select((User::name, totals.n)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
