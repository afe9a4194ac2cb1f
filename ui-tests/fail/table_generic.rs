use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post<T> {
    id: T,
}

fn main() {}
