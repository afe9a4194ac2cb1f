include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().group_by(User::name).having(count_star().eq(1)).select((User::name, rank().over(window().order_by(User::name)))).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
