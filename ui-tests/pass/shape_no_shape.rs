include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct UserCard {
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().shape::<UserCard>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
