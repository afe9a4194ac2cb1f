use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(primary_key(site, id))]
struct Post {
    site: i64,
    id: i64,
    #[column(references = Post::id)]
    parent: i64,
}

fn main() {
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
