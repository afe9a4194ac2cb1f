use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Draft {
    id: i64,
}

fn main() {
    schema! { Draft }.create_sql::<Sqlite>().expect("the tables can be created");
}
