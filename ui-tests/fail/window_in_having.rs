include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).having(rank().over(window().order_by(User::name)).eq(1)).select(User::name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
