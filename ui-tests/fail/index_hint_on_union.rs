include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::query().select(User::id).union(Post::query().select(Post::id)).use_index("PRIMARY").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
