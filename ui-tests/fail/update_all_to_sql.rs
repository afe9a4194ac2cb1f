include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let update = User::update::<Sqlite>().set(User::name.set("x"));
    println!("{}", update.to_sql());
    update.all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
