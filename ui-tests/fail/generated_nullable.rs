use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    views: Option<i64>,
    #[column(generated = Post::views + 1)]
    next: i64,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
