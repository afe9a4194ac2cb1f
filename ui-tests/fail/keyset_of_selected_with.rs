include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().select(User::name).with(User::posts()).keyset(User::id.asc()).page(2).fetch(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
