include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let users: Vec<(User, Vec<Group>)> = User::query().with(User::groups()).fetch_all(db).await?;
    println!("{}", users.len());
    Ok(())
}

fn main() {
    execute(run);
}
