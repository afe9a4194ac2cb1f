include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    Post::insert().rows([NewUser::new("a", "b"), NewUser::new("c", "d")]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
