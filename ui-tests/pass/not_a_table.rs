use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Draft {
    id: i64,
}

fn main() {
    println!("{}", Draft::query::<Sqlite>().to_sql());
}
