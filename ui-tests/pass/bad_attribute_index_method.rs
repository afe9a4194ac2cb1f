use mizzle::prelude::*;

#[derive(Table)]
#[table(name = "users", index(name = "users_name", on = User::name, using = fulltext))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

fn main() {
    println!("{}", User::query::<MySql>().to_sql().sql);
}
