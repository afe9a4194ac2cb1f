include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update()
        .set((User::name.set("x"), User::age.set(3), User::name.set("y")))
        .filter(User::id.eq(1))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
