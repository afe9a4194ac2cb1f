include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    totals.query().filter(totals.count.gt(3)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
