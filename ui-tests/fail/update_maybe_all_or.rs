include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = Some("x");
    User::update()
        .set(User::name.set("x"))
        .filter(or((name.map(|name| User::name.eq(name)), None.map(|id: i64| User::id.eq(id)))))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
