use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
}

fn main() {}
