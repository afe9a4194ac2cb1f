include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert().from_query((User::name,), Post::query().select((Post::title,))).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
