use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, PartialEq)]
enum Shape<T> {
    Point(T),
}

fn main() {}
