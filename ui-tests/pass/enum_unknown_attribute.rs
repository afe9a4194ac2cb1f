use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(name = "mood")]
enum Mood {
    Happy,
}

fn main() {}
