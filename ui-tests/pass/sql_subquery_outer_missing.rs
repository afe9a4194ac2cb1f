include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    alias!(Other = Post);
    let posts = Post::query().outer::<Other>().filter(Post::author_id.eq(Other.id)).select(Post::id);
    Other::query().filter(sql!(bool, "{Other.id} IN ({posts})")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
