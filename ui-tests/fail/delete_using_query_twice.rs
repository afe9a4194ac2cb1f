include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    let old = Post::query().filter(Post::views.eq(0)).cte(alias!(old));
    User::delete().using_query(&old).using_query(&old).filter(old.author_id.eq(User::id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
