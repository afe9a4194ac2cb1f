include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().filter(Post::views.eq(0)).returning(Post::id).cte(alias!(gone));
    User::query().with_cte(&gone).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
