include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(exists(Post::query().outer::<User>().outer::<User>())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
