include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct UserCard {
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().shape::<UserCard>().keyset((User::name.asc(), User::id.asc())).page(2).fetch(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
