include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let patch = UserPatch { age: Some(Some(3)), ..Default::default() };
    User::update().set(patch).filter(User::id.eq(1)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
