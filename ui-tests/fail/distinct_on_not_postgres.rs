include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    Post::query().distinct_on(Post::author_id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
