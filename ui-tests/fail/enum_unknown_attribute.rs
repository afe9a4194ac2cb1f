use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(nam = "mood")]
enum Mood {
    Happy,
}

fn main() {}
