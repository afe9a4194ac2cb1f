include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query()
        .inner_join::<Post>()
        .on(User::posts())
        .group_by(User::id)
        .select(count_star())
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
