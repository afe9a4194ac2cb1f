include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    sql_query!(i64, "SELECT {User::id} FROM {User} WHERE {User::name} = :name").fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
