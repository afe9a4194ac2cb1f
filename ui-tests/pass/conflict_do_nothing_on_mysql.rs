include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).ignore().execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
