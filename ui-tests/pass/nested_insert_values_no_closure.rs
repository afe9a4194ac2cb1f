include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().values((User::name.set("a"), User::email.set("b"))).with(User::posts().values_for(|_| [(Post::title.set("t"),)])).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
