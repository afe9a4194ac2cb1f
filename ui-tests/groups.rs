// Two tables and the one between them, on SQLite.

use mizzle::{Error, prelude::*};
use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", has_many(groups(Group, through(Membership::user_id, Membership::group_id))))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "groups", has_many(memberships = Membership::group_id))]
struct Group {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "memberships", primary_key(user_id, group_id))]
struct Membership {
    #[column(references = User::id)]
    user_id: i64,
    #[column(references = Group::id)]
    group_id: i64,
    role: String,
}

/// Runs a program on a new database with these tables.
fn execute(program: impl AsyncFnOnce(&SqlitePool) -> Result<(), Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let result = runtime.block_on(async {
        let db = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
        schema! { User, Group, Membership }.create_tables(&db).await?;
        program(&db).await
    });
    result.expect("a program that compiles also runs");
}
