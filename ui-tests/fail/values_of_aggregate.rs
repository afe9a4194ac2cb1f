include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .values((User::name.set("a"), User::email.set("b"), User::id.set(count_star())))
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
