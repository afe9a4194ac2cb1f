include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::name.eq("x")).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
