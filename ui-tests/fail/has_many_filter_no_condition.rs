use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users")]
#[table(has_many(popular(Post::author_id, filter = Post::views)))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    views: i64,
    author_id: i64,
}

fn main() {
    schema! { User, Post }.create_sql::<Sqlite>().expect("the tables can be created");
    let query = User::query::<Sqlite>().filter(User::popular().any()).select(User::id);
    println!("{}", query.to_sql());
}
