include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = "x";
    User::delete().filter((User::name.eq(name), User::age.gt(3))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
