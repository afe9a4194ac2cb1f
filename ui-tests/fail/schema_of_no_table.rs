use mizzle::prelude::*;

struct Draft;

fn main() {
    schema! { Draft }.create_sql::<Sqlite>().expect("the tables can be created");
}
