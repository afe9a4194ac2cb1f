include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let user = NewUser::new("a", "b");
    User::insert().row(user).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
