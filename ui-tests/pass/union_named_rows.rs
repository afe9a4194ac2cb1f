include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let users = User::query().select(row!({ id: User::id, text: User::name }));
    users.union(Post::query().select(row!({ id: Post::id, text: Post::title }))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
