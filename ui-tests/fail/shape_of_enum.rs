include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
enum Profile {
    Name(String),
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?} {:?}", db.size(), Profile::Name(String::new()));
    Ok(())
}

fn main() {
    execute(run);
}
