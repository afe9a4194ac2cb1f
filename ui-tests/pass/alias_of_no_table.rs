use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Draft {
    id: i64,
}

alias!(Other = Draft);

fn main() {
    println!("{}", Other::query::<Sqlite>().to_sql());
}
