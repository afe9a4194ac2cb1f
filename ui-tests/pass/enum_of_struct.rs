use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, Copy, PartialEq)]
struct Id(i64);

fn main() {}
