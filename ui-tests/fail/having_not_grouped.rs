include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).having(User::age.gt(3)).select(User::name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
