use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "orders", primary_key(shop, number), has_many(lines = (Line::shop, Line::number)))]
struct Order {
    shop: String,
    number: i32,
    copy: i32,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "lines")]
struct Line {
    #[column(primary_key)]
    id: i64,
    shop: String,
    number: i64,
}

fn main() {
    schema! { Order, Line }.create_sql::<Sqlite>().expect("the tables can be created");
}
