include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(row_value((User::id, User::name)).eq((1, "x"))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
