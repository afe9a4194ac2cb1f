use mizzle::prelude::*;

#[derive(Table)]
struct Draft {
    id: i64,
}

alias!(Other = Draft);

fn main() {
    println!("{}", Other::query::<Sqlite>().to_sql());
}
