include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().from_query((User::name, User::email), Post::query().select((Post::title, Post::title))).set(User::age.set(3)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
