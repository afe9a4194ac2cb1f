include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .from_query(
            (User::name, User::email),
            Post::query()
                .outer::<Manager>()
                .filter(Post::author_id.eq(Manager.id))
                .select((Post::title, Post::slug)),
        )
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
