use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, PartialEq)]
struct Tags(Json<Vec<String>>);

fn main() {}
