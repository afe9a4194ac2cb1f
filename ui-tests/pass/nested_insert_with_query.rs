include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let same = User::query().select((User::name, User::email)).fetch_all(db).await?;
    let insert = User::insert().rows(same.into_iter().map(|(name, email)| NewUser::new(name, email)));
    insert.with(User::posts().values((Post::title.set("t"),))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
