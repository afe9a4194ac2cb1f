include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    alias!(Other = Post);
    let posts = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::id);
    Other::query().filter(sql!(bool, "{Other.id} IN ({posts})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
