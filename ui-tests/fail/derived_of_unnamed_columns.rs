include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let both = Post::query().inner_join::<User>().on(Post::author()).derived(alias!(both));
    both.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
