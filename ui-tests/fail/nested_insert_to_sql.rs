include!("../schema.rs");

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let insert = User::insert().values((User::name.set("a"), User::email.set("b"))).with(User::posts().values((Post::title.set("t"),)));
    println!("{}", insert.to_sql());
    Ok(())
}

fn main() {
    execute(run);
}
