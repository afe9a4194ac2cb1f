include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _ids: Vec<i64> = sql_query!((i64, String), "SELECT {User::id}, {User::name} FROM {User}").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
