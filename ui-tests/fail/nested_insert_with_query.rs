include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let same = User::query().select((User::name, User::email));
    let insert = User::insert().from_query((User::name, User::email), same);
    insert.with(User::posts().values((Post::title.set("t"),))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
