include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let twice = User::query().union_all(User::query()).derived(alias!(twice));
    twice.query().keyset(twice.id).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
