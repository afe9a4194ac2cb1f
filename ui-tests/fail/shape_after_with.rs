include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Profile {
    id: i64,
    posts: Vec<Post>,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().with(User::posts()).shape::<Profile>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
