include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let id = Some(1);
    User::query().inner_join::<Post>().on(id.map(|id| Post::author_id.eq(id))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
