include!("../groups.rs");

#[derive(Table, Debug, PartialEq)]
#[table(name = "owners", has_many(teams(Group, through(Owns::owner_id, Owns::group_id))))]
struct Owner {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "owns", primary_key(owner_id, group_id))]
struct Owns {
    #[column(references = Owner::id)]
    owner_id: i64,
    #[column(references = Group::id)]
    group_id: i64,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Owner, Owns }.create_tables(db).await?;
    Owner::insert().values((Owner::id.set(1),)).execute(db).await?;
    Group::insert().values((Group::id.set(7), Group::name.set("g"))).execute(db).await?;
    let groups = Group::query().fetch_all(db).await?;
    Owner::teams().link(1, groups.iter().map(|group| group.id)).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
