use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Money(i64, String);

fn main() {}
