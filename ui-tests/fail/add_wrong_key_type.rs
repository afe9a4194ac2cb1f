include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let user = User::insert().values((User::name.set("a"), User::email.set("b"))).returning(User::all()).fetch_one(db).await?;
    User::posts().add(&user, ["1"]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
