use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author_id: i64,
}

fn main() {
    let delete = Post::delete::<MariaDb>().using::<User>().filter(Post::author_id.eq(User::id)).returning(Post::id);
    assert!(delete.to_sql().sql.starts_with("DELETE"));
}
