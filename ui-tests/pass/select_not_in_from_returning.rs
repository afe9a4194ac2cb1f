include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::id.eq(1)).returning(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
