include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select((exists(Post::query()), count_star())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
