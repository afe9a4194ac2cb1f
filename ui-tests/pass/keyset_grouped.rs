include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).select((User::name, count_star())).page(1, 3).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
