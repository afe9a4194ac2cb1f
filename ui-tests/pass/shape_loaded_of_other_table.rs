include!("../schema.rs");

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct PostCard {
    id: i64,
    title: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    println!("{:?}", User::query().with(User::posts().shape::<PostCard>()).fetch_all(db).await?);
    Ok(())
}

fn main() {
    execute(run);
}
