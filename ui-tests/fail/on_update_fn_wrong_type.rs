use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(on_update_fn = String::new)]
    views: i64,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
