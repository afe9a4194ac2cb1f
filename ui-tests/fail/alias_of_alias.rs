use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct Post {
    id: i64,
}

alias!(Other = Post);
alias!(Third = Other);

fn main() {
    println!("{:?} {:?}", Other, Third);
    schema! { Post }.create_sql::<Sqlite>().expect("the tables can be created");
}
