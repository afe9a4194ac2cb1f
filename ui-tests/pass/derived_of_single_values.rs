include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let ids = User::query().select(row!({ id: User::id })).derived(alias!(ids));
    ids.query().filter(ids.id.gt(1)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
