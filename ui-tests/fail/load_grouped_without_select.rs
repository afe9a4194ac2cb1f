include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).with(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
