include!("../schema.rs");

#[derive(Table, PartialEq)]
#[table(name = "teams", has_many(members = Member::team_id))]
struct Team {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, PartialEq)]
#[table(name = "members")]
struct Member {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(references = Team::id)]
    team_id: i64,
    points: i64,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Team, Member }.create_tables(db).await?;
    let member = Team::members().values((Member::points.set(3),));
    Team::insert().values((Team::id.set(1),)).with(member).fetch_one(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
