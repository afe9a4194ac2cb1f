include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let posts = User::query().inner_join::<Post>().on(User::posts());
    posts.clone().union(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
