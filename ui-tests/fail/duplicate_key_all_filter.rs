include!("../tables.rs");
include!("../on_mysql.rs");

async fn run(db: &MySqlPool) -> Result<(), Error> {
    User::insert().values((User::name.set("Ann"), User::email.set("a@x"))).on_duplicate_key_update_all().filter(User::age.gt(3)).execute(db).await?;
    Ok(())
}

fn main() {
    execute_on_mysql(run);
}
