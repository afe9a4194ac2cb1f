include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().all_rows().order_by(User::id).limit(1).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
