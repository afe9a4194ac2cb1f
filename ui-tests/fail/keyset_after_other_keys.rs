include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let page = User::query().keyset((User::name, User::id)).page(3).fetch(db).await?;
    User::query().keyset(User::id).after(page.next).page(3).fetch(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
