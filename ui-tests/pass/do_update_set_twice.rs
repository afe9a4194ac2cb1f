include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .row(NewUser::new("a", "b"))
        .on_conflict(User::id)
        .do_update((User::name.set("x"), User::email.set("y")))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
