include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _ids: Vec<i64> = User::delete().all_rows().returning(User::id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
