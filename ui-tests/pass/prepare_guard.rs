include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let rename = prepare(|name: Param<String>| User::update().set(User::name.set(name)).all_rows());
    rename.execute(db, "Ann".into()).await?;
    Ok(())
}

fn main() {
    execute(run);
}
