include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().keyset(User::id.asc()).select(User::name).with(User::posts()).page(2).fetch(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
