include!("../schema.rs");

struct Card {
    id: i64,
    title: String,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    let cards = User::query().select(row!(Card { id: User::id, title: User::name })).fetch_all(db).await?;
    for card in cards {
        println!("{} {:?}", card.id, card.title);
    }
    Ok(())
}

fn main() {
    execute(run);
}
