include!("../schema.rs");

alias!(Users = User);

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().left_join::<Users>().on(Users.id.eq(User::manager_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
