use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    id: i64,
    query: String,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
