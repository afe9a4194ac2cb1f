include!("../tables.rs");
include!("../on_postgres.rs");

async fn run(db: &PgPool) -> Result<(), Error> {
    Post::update().from::<User>().set(Post::title.set(User::name)).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_postgres(run);
}
