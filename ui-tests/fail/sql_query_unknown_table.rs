include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    sql_query!(i64, "SELECT {User::id} FROM {Usr}").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
