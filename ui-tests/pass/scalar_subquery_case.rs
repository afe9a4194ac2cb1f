include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(case_when(User::id.gt(1), Post::query().select(Post::id.count())).end()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
