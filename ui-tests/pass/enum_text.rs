use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    Sad,
}

#[derive(Table, Debug, PartialEq)]
struct Member {
    #[column(primary_key)]
    id: i64,
    mood: Mood,
}

fn main() {
    Member::query::<Sqlite>().filter(or((Member::mood.eq(Mood::Sad), Member::mood.eq(Mood::Happy)))).to_sql();
}
