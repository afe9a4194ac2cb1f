include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let best = Post::query().cte(alias!(best));
    best.query().fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
