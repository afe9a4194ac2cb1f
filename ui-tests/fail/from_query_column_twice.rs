include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .from_query(
            (User::name, User::email, User::name),
            Post::query().select((Post::title, Post::slug, Post::slug)),
        )
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
