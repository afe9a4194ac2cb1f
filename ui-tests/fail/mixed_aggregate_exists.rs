include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .select((exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id))), count_star()))
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
