include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::id.eq(User::manager_id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
