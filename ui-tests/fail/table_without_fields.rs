use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {}

fn main() {}
