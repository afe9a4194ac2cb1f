include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let add = prepare(|()| User::insert().rows([NewUser::new("Ann", "a@x")]).with_id());
    add.insert_id(db, ()).await?;
    Ok(())
}

fn main() {
    execute(run);
}
