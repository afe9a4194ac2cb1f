include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = Some("x");
    User::delete().filter(name.map(|name| User::name.eq(name))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
