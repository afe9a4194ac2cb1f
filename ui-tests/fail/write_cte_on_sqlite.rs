include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let gone = Post::delete().filter(Post::views.eq(0)).returning(row!({ id: Post::id })).cte(alias!(gone));
    gone.query().select(gone.id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
