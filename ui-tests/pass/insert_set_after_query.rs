include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().from_query((User::name, User::email, User::age), Post::query().select((Post::title, Post::title, value(3)))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
