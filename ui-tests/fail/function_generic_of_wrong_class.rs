include!("../schema.rs");

sql_function! { fn increment<T: mizzle::value::Number>(column: T, by: T) -> T = "{column} + {by}" }

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().select(increment(User::name, "x")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
