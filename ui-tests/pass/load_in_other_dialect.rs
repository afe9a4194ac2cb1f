use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users", has_many(posts = Post::author_id))]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "posts", dialect = Sqlite)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author_id: i64,
}

fn main() {
    let query = User::query::<Sqlite>().with(User::posts().filter(Post::id.gt(1)));
    println!("{query:?}");
}
