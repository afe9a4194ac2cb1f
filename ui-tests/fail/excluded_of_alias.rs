include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .row(NewUser::new("a", "b"))
        .on_conflict(User::id)
        .do_update(User::name.set(excluded(Manager.name)))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
