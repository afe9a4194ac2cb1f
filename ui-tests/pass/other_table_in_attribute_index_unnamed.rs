use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct User {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
    age: Option<i32>,
}

#[derive(Table, Debug, PartialEq)]
#[table(index(on = Post::title))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {
    schema! { User, Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
