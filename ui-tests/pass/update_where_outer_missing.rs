include!("../schema.rs");

alias!(Manager = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::update()
        .set(User::name.set("x"))
        .filter(exists(Manager::query().outer::<User>().filter(Manager.id.eq(User::manager_id))))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
