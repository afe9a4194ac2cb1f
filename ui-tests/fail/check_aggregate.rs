use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(check(Post::title.count().gt(3)))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
