include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let twice = User::query().union_all(User::query()).derived(alias!(twice));
    User::query().filter(User::id.in_(twice.query().select(twice.id))).keyset(User::id).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
