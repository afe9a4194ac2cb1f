include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter("name = 'x'").execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
