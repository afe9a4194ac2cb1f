use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users", unique_index(name = "users_name", on = User::name, using = fulltext))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

fn main() {
    schema! { User }.create_sql::<MySql>().expect("the table can be created");
}
