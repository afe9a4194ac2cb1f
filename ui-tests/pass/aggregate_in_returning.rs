include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().all_rows().returning(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
