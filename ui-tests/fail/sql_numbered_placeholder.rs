include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "{User::name} = $1")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
