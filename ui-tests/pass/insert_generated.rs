include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(NewUser::new("a", "b")).execute(db).await?;
    Post::insert().values((Post::title.set("a"), Post::author_id.set(1))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
