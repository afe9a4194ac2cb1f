include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    alias!(struct Seen);
    let seen = Post::query().filter(Post::views.gt(0)).derived(Seen);
    let unseen = Post::query().filter(Post::views.eq(0)).derived(Seen);
    let both = seen.query().inner_join_to(&unseen).on(unseen.author_id.eq(seen.author_id));
    both.fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
