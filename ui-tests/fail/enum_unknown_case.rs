use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(rename_all = "snakecase")]
enum Mood {
    Happy,
}

fn main() {}
