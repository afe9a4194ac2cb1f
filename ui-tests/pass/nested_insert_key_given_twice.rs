include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let post = (Post::title.set("t"), Post::views.set(1));
    User::insert().values((User::name.set("a"), User::email.set("b"))).with(User::posts().values(post)).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
