use mizzle::prelude::*;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
#[sql_enum(rename_all = "lowercase")]
enum Mood {
    SoSo,
    #[sql_enum(rename = "medium")]
    Medium,
}

fn main() {}
