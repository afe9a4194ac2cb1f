include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let page = prepare(|(id, name): (Param<i64>, Param<String>)| User::query().keyset((User::name, User::id)).after((id, name)).page(3));
    page.fetch(db, (1, "Ann".into())).await?;
    Ok(())
}

fn main() {
    execute(run);
}
