include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query()
        .filter(
            Post::author_id
                .in_(Manager::query().outer::<User>().filter(Manager.id.eq(User::id)).select(Manager.id)),
        )
        .fetch_all(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
