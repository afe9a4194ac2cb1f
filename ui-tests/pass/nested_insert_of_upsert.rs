include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let insert = User::insert().row(NewUser::new("a", "b"));
    insert.with(User::posts().values((Post::title.set("t"),))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
