use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Id<T>(T);

fn main() {}
