include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct UserCard {
    id: i64,
    name: String,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct PostCard {
    id: i64,
    author: UserCard,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", Post::query().shape::<PostCard>().fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
