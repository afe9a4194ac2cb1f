use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Tags(Vec<String>);

fn main() {}
