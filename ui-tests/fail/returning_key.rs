include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(NewUser::new("a", "b")).returning(User::key()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
