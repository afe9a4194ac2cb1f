include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(NewUser::new("a", "b")).execute(db).await?;
    User::posts().add(1, [1]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
