include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .group_by(User::id)
        .inner_join::<Post>()
        .on(User::posts())
        .select(count_star())
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
