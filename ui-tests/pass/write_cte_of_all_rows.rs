include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().all_rows().returning(Post::all()).cte(alias!(gone));
    gone.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
