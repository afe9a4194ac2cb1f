include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().filter(Post::views.eq(0)).returning(row!({ id: Post::id })).cte(alias!(gone));
    gone.query().select(count_star()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
