include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let insert = User::insert().row(NewUser::new("Ann", "a@x")).on_conflict(User::id).do_update(User::name.set("x"));
    let posts = Post::query().outer::<User>().filter(Post::title.eq(User::name)).select(count_star());
    insert.returning(posts).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
