include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .derived(alias!(totals));
    User::query().inner_join_to(&totals).on(totals.author.eq(User::id)).for_update_of(User::all()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
