include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(UserPatch::default()).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
