include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
