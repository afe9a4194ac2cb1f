include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let user =
        User { id: 1, name: "a".into(), email: "b".into(), age: None, is_active: true, manager_id: None };
    User::insert().row(user).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
