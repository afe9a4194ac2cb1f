use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users", has_many(stocks(Stock, through(Watch::user_id, Watch::stock_id))))]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "stocks", primary_key(warehouse, product))]
struct Stock {
    warehouse: i64,
    product: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "watches")]
struct Watch {
    #[column(primary_key)]
    id: i64,
    user_id: i64,
    stock_id: i64,
}

fn main() {
    schema! { User, Stock, Watch }.create_sql::<Sqlite>().expect("the tables can be created");
    println!("{:?}", User::stocks());
}
