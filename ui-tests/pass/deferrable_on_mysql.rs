include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    db.transaction_with(mizzle::run::Isolation::Serializable.read_only(), async |_| Ok::<_, Error>(())).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
