use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    tags: std::collections::HashSet<String>,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
