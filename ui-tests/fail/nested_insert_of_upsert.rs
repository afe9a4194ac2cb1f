include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let insert = User::insert().row(NewUser::new("a", "b")).on_conflict(User::id).do_nothing();
    insert.with(User::posts().values((Post::title.set("t"),))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
