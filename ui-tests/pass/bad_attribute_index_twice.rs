use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(index(on = Post::title), index(name = "by_title", on = Post::title.desc()))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
