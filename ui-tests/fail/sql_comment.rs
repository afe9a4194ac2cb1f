include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "{User::id} > 1 -- the first")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
