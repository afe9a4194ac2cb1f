include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = "x";
    User::delete().filter((User::age.gt(3), User::name.eq(name))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
