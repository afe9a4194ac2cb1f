include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct UserCard {
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    for card in User::query().shape::<UserCard>().fetch_all(db).await? {
        println!("{}", card.name);
    }
    Ok(())
}

fn main() {
    execute(run);
}
