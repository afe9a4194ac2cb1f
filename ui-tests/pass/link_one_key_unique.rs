include!("../schema.rs");

#[derive(Table, PartialEq)]
#[table(name = "members", insert = NewMember, has_many(groups(Group, through(Membership::member_id, Membership::group_id))))]
struct Member {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
}

#[derive(Table, PartialEq)]
#[table(name = "teams")]
struct Group {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, PartialEq)]
#[table(name = "memberships", unique(member_id, group_id))]
struct Membership {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique, references = Member::id)]
    member_id: i64,
    #[column(references = Group::id)]
    group_id: i64,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Member, Group, Membership }.create_tables(db).await?;
    let member = Member::insert().row(NewMember::new("a")).insert_id(db).await?;
    Group::insert().values((Group::id.set(7),)).execute(db).await?;
    Member::groups().link(member, [7]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
