include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Post>().on(Post::author_id.eq(User::id)).keyset((User::name.asc(), User::id)).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
