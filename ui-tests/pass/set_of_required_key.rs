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
    #[column(primary_key)]
    id: i64,
    #[column(references = Team::id)]
    team_id: Option<i64>,
}

async fn run(db: &SqlitePool) -> Result<(), Error> {
    schema! { Team, Member }.create_tables(db).await?;
    Team::members().set(1, [2, 3]).execute(db).await?;
    Ok(())
}

fn main() {
    execute(run);
}
