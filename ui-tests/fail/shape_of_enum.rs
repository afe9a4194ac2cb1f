include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
enum Profile {
    Name(String),
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _ = db;
    Ok(())
}

fn main() {
    execute(run);
}
