include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _user: Option<User> = User::query().filter(User::id.eq(1)).fetch_optional(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
