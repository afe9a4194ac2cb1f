include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let delete = User::delete::<Sqlite>().all_rows();
    println!("{}", delete.to_sql());
    delete.execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
