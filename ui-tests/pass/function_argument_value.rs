include!("../schema.rs");

sql_function! { fn shorter(text: String, n: i32) -> bool = "length({text}) < {n}" }

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(shorter(User::name, 8)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
