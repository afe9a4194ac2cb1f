include!("../schema.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "pets")]
struct Pet {
    #[column(primary_key)]
    id: i64,
    r#type: String,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Pet)]
struct Card {
    id: i64,
    #[shape(from = r#type)]
    kind: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Pet }.create_tables(db).await?;
    println!("{:?}", Pet::query().shape::<Card>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
