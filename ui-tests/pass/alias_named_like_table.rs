use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "Person")]
struct Human {
    id: i64,
    parent: Option<i64>,
}

alias!(Parent = Human);

fn main() {
    let query = Human::query::<Sqlite>().inner_join::<Parent>().on(Parent.id.eq(Human::parent));
    println!("{}", query.to_sql());
}
