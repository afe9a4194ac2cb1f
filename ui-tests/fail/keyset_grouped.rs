include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).select((User::name, count_star())).keyset(User::id).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
