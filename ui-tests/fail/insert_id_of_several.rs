include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().rows([NewUser::new("Ann", "a@x")]).insert_id(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
