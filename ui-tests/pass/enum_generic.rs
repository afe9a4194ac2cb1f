use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, PartialEq)]
enum Shape {
    Point,
}

fn main() {}
