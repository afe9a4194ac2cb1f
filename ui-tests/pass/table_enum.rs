use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    draft: bool,
}

fn main() {}
