use mizzle::prelude::*;

#[derive(Table, Debug, PartialEq)]
#[table(name = "users")]
#[table(has_many(groups(Group, through(Membership::user_id, Membership::group_id))))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "groups")]
struct Group {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "rooms")]
struct Room {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "memberships")]
struct Membership {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::id)]
    user_id: i64,
    #[column(references = Group::id)]
    group_id: i64,
    #[column(references = Room::id)]
    room_id: i64,
    role: String,
}

fn main() {
    schema! { User, Group, Room, Membership }.create_sql::<Sqlite>().expect("the tables can be created");
    let query = User::query::<Sqlite>().filter(User::groups().any()).select(User::id);
    println!("{}", query.to_sql());
}
