use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    id: i64,
    #[column(name = "legacy")]
    legacy_id: i64,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
