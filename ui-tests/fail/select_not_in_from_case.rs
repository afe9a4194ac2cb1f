include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(case_when(Post::views.gt(1), "read").otherwise("unread")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
