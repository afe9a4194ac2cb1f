include!("../tables.rs");
include!("../on_postgres.rs");

alias!(Author = User);

async fn run(db: &PgPool) -> Result<(), Error> {
    Post::update().from::<User>().set(Post::title.set(User::name)).filter(Post::author_id.eq(User::id)).returning(Author.name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
