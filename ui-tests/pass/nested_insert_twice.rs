include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let titles = ["t", "u"].map(|title| (Post::title.set(title),));
    User::insert().values((User::name.set("a"), User::email.set("b"))).with(User::posts().values_for(|_| titles)).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
