include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let update = User::update::<Sqlite>().set(User::name.set("x")).all_rows();
    println!("{}", update.to_sql());
    update.execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
