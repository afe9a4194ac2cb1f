use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Note {
    #[column(primary_key)]
    id: i64,
    text: Option<String>,
}

fn main() {
    let text: Option<&str> = Some("x");
    let update = Note::update::<Sqlite>().set(Note::text.set(text)).filter(Note::id.eq(1));
    assert!(update.to_sql().sql.starts_with("UPDATE"));
}
