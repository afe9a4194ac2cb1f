include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    let rows: Vec<(i64, i64)> =
        User::query().left_join_to(&totals).on(totals.author.eq(User::id)).select((User::id, totals.n)).fetch_all(db).await?;
    println!("{rows:?}");
    Ok(())
}

fn main() {
    execute(run);
}
