include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let post = User::posts().values((Post::title.set("t"),));
    Post::insert().row(NewPost::new("t", 1)).with(post).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
