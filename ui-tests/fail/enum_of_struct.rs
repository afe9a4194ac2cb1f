use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
struct Id(i64);

fn main() {}
