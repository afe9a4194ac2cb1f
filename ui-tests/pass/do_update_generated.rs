include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().row(NewUser::new("a", "b")).execute(db).await?;
    Post::insert()
        .row(NewPost::new("a", 1))
        .on_conflict(Post::id)
        .do_update(Post::title.set("x"))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
