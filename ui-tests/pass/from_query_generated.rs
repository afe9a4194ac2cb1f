include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::insert()
        .from_query(
            (Post::title, Post::author_id, Post::views),
            User::query().select((User::name, User::id, User::id)),
        )
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
