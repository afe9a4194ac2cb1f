include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().filter(Post::views.eq(0)).returning(row!({ n: count_star() })).cte(alias!(gone));
    gone.query().select(gone.n).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
