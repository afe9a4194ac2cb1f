include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let users = Post::query().derived(alias!(users));
    User::query().inner_join_to(&users).on(users.author_id.eq(User::id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
