include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update()
        .set(User::age.set(3))
        .filter(User::age.lt(User::age.avg().cast::<i32>()))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
