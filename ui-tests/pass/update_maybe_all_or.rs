include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = "x";
    User::update()
        .set(User::name.set("x"))
        .filter(User::name.eq(name).or(User::id.eq(3)))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
