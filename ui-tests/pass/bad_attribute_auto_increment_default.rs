use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key, auto_increment)]
    id: i64,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
