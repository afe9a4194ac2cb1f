include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let ids: Vec<Option<i64>> = User::query().select(User::id.lag(1).over(window().order_by(User::id))).fetch_all(db).await?;
    drop(ids);
    Ok(())
}

fn main() {
    execute(run);
}
