include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::query().left_join::<Manager>().on(Manager.id.eq(Post::author_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
