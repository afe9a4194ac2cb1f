include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().returning(Post::all()).cte(alias!(gone));
    gone.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
