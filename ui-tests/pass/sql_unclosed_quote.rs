include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "{User::name} = 'it''s'")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
