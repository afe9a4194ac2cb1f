use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
enum Mood {
    Happy,
}

fn main() {}
