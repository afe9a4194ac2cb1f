include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let row = User::insert().row(NewUser::new("Ann", "a@x"));
    let add = prepare(|()| row.with_id());
    add.insert_id(db, ()).await?;
    Ok(())
}

fn main() {
    execute(run);
}
