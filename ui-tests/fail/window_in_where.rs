include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(row_number().over(window().order_by(User::id)).le(3)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
