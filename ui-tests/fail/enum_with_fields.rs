use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Shape {
    Point,
    Circle(i64),
}

fn main() {}
