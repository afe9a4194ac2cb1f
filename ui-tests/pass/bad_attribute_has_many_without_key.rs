use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(has_many(drafts = Post::parent))]
struct Post {
    #[column(primary_key)]
    id: i64,
    parent: Option<i64>,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
