include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(NewUser { age: Some(3), ..NewUser::new("a", "b") }).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
