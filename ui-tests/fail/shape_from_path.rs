include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Card {
    id: i64,
    #[shape(from = User::name)]
    called: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().shape::<Card>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
