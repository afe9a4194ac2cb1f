include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = Some("x");
    User::update()
        .set(User::name.set("x"))
        .filter(and((name.map(|name| User::name.eq(name)), User::age.gt(3))))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
