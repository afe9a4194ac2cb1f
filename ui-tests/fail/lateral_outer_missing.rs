include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    let best = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).lateral(alias!(best));
    Post::query().cross_join_lateral(&best).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
