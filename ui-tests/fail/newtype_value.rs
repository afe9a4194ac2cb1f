use mizzle::prelude::*;

#[derive(SqlValue, Debug, Clone, Copy, PartialEq)]
struct UserId(i64);

#[derive(SqlValue, Debug, Clone, Copy, PartialEq)]
struct TeamId(i64);

#[derive(Table, Debug, PartialEq)]
struct Member {
    #[column(primary_key)]
    user_id: UserId,
    team_id: TeamId,
}

fn main() {
    Member::query::<Sqlite>().filter(Member::user_id.eq(1)).to_sql();
}
