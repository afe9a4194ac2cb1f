use mizzle::prelude::*;

table! {
    #[derive(Debug, PartialEq)]
    Post = "posts" {
        id: i64 [primary_key],
        title: String,
    }
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
