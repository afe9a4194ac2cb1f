include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
struct Profile {
    id: i64,
    name: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _ = db;
    Ok(())
}

fn main() {
    execute(run);
}
