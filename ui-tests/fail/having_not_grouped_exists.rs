include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .group_by(User::name)
        .having(exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id))))
        .select(User::name)
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
