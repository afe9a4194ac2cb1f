include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .group_by(User::name)
        .select((User::name, count_star()))
        .having(
            User::name
                .in_(Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::title)),
        )
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
