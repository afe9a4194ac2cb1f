include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let delete = User::delete::<Sqlite>();
    println!("{}", delete.to_sql());
    delete.all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
