include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::age + 1).select((User::age + 1, count_star())).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
