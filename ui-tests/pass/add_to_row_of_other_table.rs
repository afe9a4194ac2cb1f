include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let (user, posts) = User::insert().values((User::name.set("a"), User::email.set("b"))).with(User::posts().values((Post::title.set("t"),))).fetch_one(db).await?;
    User::posts().add(&user, [posts[0].id]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
