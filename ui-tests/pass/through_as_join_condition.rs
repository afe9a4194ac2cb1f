include!("../groups.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Membership>().on(Membership::user()).inner_join::<Group>().on(Membership::group()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
