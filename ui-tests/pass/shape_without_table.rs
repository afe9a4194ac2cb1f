include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Profile {
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?} {:?}", db.size(), Profile { id: 1, name: String::new() });
    Ok(())
}

fn main() {
    execute(run);
}
