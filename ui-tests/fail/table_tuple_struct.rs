use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post(i64);

fn main() {}
