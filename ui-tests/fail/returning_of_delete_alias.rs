include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::delete().filter(User::id.eq(1)).returning(Manager.id).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
