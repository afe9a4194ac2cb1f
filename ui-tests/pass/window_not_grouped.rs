include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).select((User::name, User::age.sum().sum().over(window()))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
