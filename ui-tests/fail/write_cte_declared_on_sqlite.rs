include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let old = Post::query().filter(Post::views.eq(0)).cte(alias!(old));
    User::query().with_cte(&old).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
