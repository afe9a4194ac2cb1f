use mizzle::prelude::*;

struct Draft;

alias!(Other = Draft);

fn main() {
    println!("{}", Other::query::<Sqlite>().to_sql());
}
