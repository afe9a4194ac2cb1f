include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _user: User = User::query().filter(User::id.eq(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
