include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "users")]
struct Person {
    id: i64,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().inner_join::<Person>().on(Person::id.eq(User::manager_id)).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
