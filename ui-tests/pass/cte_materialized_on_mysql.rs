include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .cte(alias!(totals));
    totals.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
