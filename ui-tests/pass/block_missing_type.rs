use mizzle::prelude::*;

table! {
    Post = "posts" {
        id: i64 [primary_key],
        title: String,
    }
}

fn main() {}
