include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(Post::views.gt(3)).inner_join::<Post>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
