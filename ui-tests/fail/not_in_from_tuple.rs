include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter((User::id.eq(1), Post::id.eq(2))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
