include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::insert()
        .row(NewUser { name: "a".into(), age: None, is_active: None, id: None, manager_id: None })
        .execute(db)
        .await?;
    Ok(())
}

fn main() {
    execute(run);
}
