include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let _rows: Vec<(User, Option<Post>)> =
        User::query().full_join::<Post>().on(User::posts()).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
