use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    id: i64,
}

fn main() {}
