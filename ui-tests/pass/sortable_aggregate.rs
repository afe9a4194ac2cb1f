include!("../schema.rs");

mizzle::sortable!(UserSort for User { Name = "name" => User::name.lower(), Id = "id" => User::id });

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().order_by(UserSort::Name).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
