include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let name = "Ann";
    User::query().filter(sql!(bool, "{User::name} = '{name}'")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
