include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let gone = Post::delete().filter(Post::views.eq(0)).returning(row!({ id: Post::id })).cte(alias!(gone));
    let rows = User::query().inner_join_to(&gone).on(gone.id.eq(User::name));
    rows.fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
