include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().filter(sql!(bool, "length({User::name}) > {max}")).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
