include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _points: Vec<Option<i64>> = User::query().select(User::name.code_point()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
