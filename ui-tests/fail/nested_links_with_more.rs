include!("../schema.rs");

#[derive(Table, PartialEq)]
#[table(name = "members", insert = NewMember, has_many(groups(Group, through(Membership::member_id, Membership::group_id))))]
struct Member {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
}

#[derive(Table, PartialEq)]
#[table(name = "teams", has_many(rooms = Room::group_id))]
struct Group {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, PartialEq)]
#[table(name = "rooms")]
struct Room {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(references = Group::id)]
    group_id: i64,
    name: String,
}

#[derive(Table, PartialEq)]
#[table(name = "memberships", primary_key(member_id, group_id))]
struct Membership {
    #[column(references = Member::id)]
    member_id: i64,
    #[column(references = Group::id)]
    group_id: i64,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Member, Group, Room, Membership }.create_tables(db).await?;
    Group::insert().values((Group::id.set(7),)).execute(db).await?;
    let links = Member::groups().links([7]).with(Group::rooms().values((Room::name.set("r"),)));
    Member::insert().row(NewMember::new("b")).with(links).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
