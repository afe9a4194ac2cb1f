include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let users: Vec<(User, Option<Post>)> = User::query().with(User::posts()).fetch_all(db).await?;
    drop(users);
    Ok(())
}

fn main() {
    execute(run);
}
