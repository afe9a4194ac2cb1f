include!("../schema.rs");

mizzle::sortable!(UserSort for User { Name = "name" => User::name, Id = "id" => User::id });

async fn run(db: &SqlitePool) -> Result<(), Error> {
    User::query().order_by(UserSort::Email).fetch_all(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
