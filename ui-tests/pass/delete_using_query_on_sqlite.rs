include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    let authors = totals.query().filter(totals.n.gt(3)).select(totals.author);
    User::delete().filter(User::id.in_(authors)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
