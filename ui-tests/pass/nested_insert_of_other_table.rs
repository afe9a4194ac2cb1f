include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let post = User::posts().values((Post::title.set("t"),));
    User::insert().row(NewUser::new("a", "b")).with(post).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
