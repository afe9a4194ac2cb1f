include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    Post::delete().filter(Post::author_id.eq(User::id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
