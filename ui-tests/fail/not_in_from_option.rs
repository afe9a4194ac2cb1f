include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(Some(1).map(|id| Post::id.eq(id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
