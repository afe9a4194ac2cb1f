use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users", has_many(posts = Post::group_id))]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    number: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "groups")]
struct Group {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    author_id: i64,
    #[column(references = User::number, relation = reviewer)]
    reviewer_number: i64,
    #[column(references = Group::id)]
    group_id: i64,
}

fn main() {
    schema! { User, Group, Post }.create_sql::<Sqlite>().expect("the tables can be created");
    let query = User::query::<Sqlite>().filter(User::posts().any()).select(User::id);
    println!("{}", query.to_sql());
}
