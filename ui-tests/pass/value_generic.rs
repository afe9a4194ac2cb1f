use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Id(i64);

fn main() {}
