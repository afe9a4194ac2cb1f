use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(rename_all = "snake_case")]
enum Mood {
    Happy,
}

fn main() {}
