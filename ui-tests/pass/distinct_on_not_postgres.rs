include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    Post::query().distinct_on(Post::author_id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
