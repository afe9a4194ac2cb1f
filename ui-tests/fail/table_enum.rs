use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
enum Post {
    Draft,
}

fn main() {}
