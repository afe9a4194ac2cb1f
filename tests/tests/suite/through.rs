//! Relations through another table, and relations that are declared with a condition.

use mizzle::{prelude::*, table::RelationKind};
use mizzle_tests::{Result, prepared};

use super::database;
use crate::{D, Db};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people", has_many(
    groups(Group, through(Membership::person_id, Membership::group_id)),
    led(Group, through(Membership::person_id, Membership::group_id), filter = Membership::role.eq("lead")),
    follows(Person, through(Follow::follower, Follow::followed)),
    followers(Person, through(Follow::followed, Follow::follower)),
    memberships = Membership::person_id,
))]
pub(crate) struct Person {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "teams", has_many(
    members(Person, through(Membership::group_id, Membership::person_id)),
    seniors(Membership::group_id, filter = (Membership::since.lt(2010), Membership::person().any_where(Person::name.ne("Cid")))),
))]
#[table(has_one(lead(Membership::group_id, filter = Membership::role.eq("lead"))))]
pub(crate) struct Group {
    #[column(primary_key)]
    pub(crate) id: i32,
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "memberships")]
pub(crate) struct Membership {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = Person::id)]
    pub(crate) person_id: i64,
    #[column(references = Group::id)]
    pub(crate) group_id: i32,
    pub(crate) role: String,
    pub(crate) since: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "follows", primary_key(follower, followed))]
pub(crate) struct Follow {
    #[column(references = Person::id, relation = from)]
    pub(crate) follower: i64,
    #[column(references = Person::id, relation = to)]
    pub(crate) followed: i64,
}

/// Relations that begin and end at the same table, or go through it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "employees", insert = NewEmployee, has_many(
    juniors(Employee::boss_id, filter = Employee::grade.lt(3)),
    teams_of_reports(Team, through(Employee::boss_id, Employee::team_id), filter = Employee::grade.gt(0)),
))]
struct Employee {
    #[column(primary_key)]
    id: i64,
    #[column(references = Employee::id)]
    boss_id: Option<i64>,
    #[column(references = Team::id)]
    team_id: Option<i64>,
    grade: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "squads", insert = NewTeam)]
struct Team {
    #[column(primary_key)]
    id: i64,
    name: String,
}

/// Employee 1 leads 2 (junior, of Red) and 3 (senior, of Blue), 3 leads 4 (junior, of no team) and 5 (an intern of Red).
async fn company() -> Result<Db> {
    let db = database(&mizzle::schema! { Team, Employee }).await?;
    Team::insert().rows([NewTeam::new(1, "Red"), NewTeam::new(2, "Blue")]).execute(&db).await?;
    let employees = [
        (1, None, None, 9),
        (2, Some(1), Some(1), 2),
        (3, Some(1), Some(2), 5),
        (4, Some(3), None, 1),
        (5, Some(3), Some(1), 0),
    ];
    for (id, boss_id, team_id, grade) in employees {
        let employee = NewEmployee { boss_id, team_id, ..NewEmployee::new(id, grade) };
        Employee::insert().row(employee).execute(&db).await?;
    }
    Ok(db)
}

/// Ann (1), Bob (2), Cid (3) and Dan (4, in no group); Readers (1), Writers (2) and Empty (3).
pub(super) async fn filled() -> Result<Db> {
    let db = database(&mizzle::schema! { Person, Group, Membership, Follow }).await?;
    for (id, name) in (1..).zip(["Ann", "Bob", "Cid", "Dan"]) {
        Person::insert().values((Person::id.set(id), Person::name.set(name))).execute(&db).await?;
    }
    for (id, name) in (1..).zip(["Readers", "Writers", "Empty"]) {
        Group::insert().values((Group::id.set(id), Group::name.set(name))).execute(&db).await?;
    }
    let memberships = [
        (1, 1, 1, "lead", 2001),
        (2, 1, 2, "member", 2002),
        (3, 2, 1, "member", 2003),
        (4, 3, 2, "lead", 2004),
        // Twice in the same group.
        (5, 3, 2, "guest", 2020),
    ];
    for (id, person, group, role, since) in memberships {
        let row = (
            Membership::id.set(id),
            Membership::person_id.set(person),
            Membership::group_id.set(group),
            Membership::role.set(role),
            Membership::since.set(since),
        );
        Membership::insert().values(row).execute(&db).await?;
    }
    for (follower, followed) in [(1, 2), (1, 3), (2, 1), (3, 3)] {
        let row = (Follow::follower.set(follower), Follow::followed.set(followed));
        Follow::insert().values(row).execute(&db).await?;
    }
    Ok(db)
}

fn names<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Vec<&'a str> {
    groups.into_iter().map(|group| group.name.as_str()).collect()
}

#[tokio::test]
async fn rows_on_the_other_side() -> Result {
    let db = filled().await?;
    let people: Vec<(Person, Vec<Group>)> = Person::query()
        .with(Person::groups().order_by((Group::id, Membership::id)))
        .order_by(Person::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = people.iter().map(|(person, groups)| (person.name.as_str(), names(groups))).collect();
    let expected = [
        ("Ann", vec!["Readers", "Writers"]),
        ("Bob", vec!["Readers"]),
        // A row for each row between.
        ("Cid", vec!["Writers", "Writers"]),
        ("Dan", vec![]),
    ];
    assert_eq!(found, expected);
    Ok(())
}

#[tokio::test]
async fn the_table_between_is_in_scope() -> Result {
    let db = filled().await?;
    let groups = Person::groups()
        .filter(Membership::since.lt(2010))
        .order_by(Membership::since.desc())
        .select((Group::name, Membership::role));
    let people: Vec<(String, Vec<(String, String)>)> =
        Person::query().select(Person::name).with(groups).order_by(Person::id).fetch_all(&db).await?;
    let row = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let expected = [
        ("Ann".to_owned(), vec![row("Writers", "member"), row("Readers", "lead")]),
        ("Bob".to_owned(), vec![row("Readers", "member")]),
        ("Cid".to_owned(), vec![row("Writers", "lead")]),
        ("Dan".to_owned(), vec![]),
    ];
    assert_eq!(people, expected);
    let whole: Vec<(Person, Vec<(Group, Membership)>)> = Person::query()
        .with(Person::groups().select((Group::all(), Membership::all())).order_by(Membership::id))
        .filter(Person::id.eq(3))
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = whole[0].1.iter().map(|(group, between)| (group.id, between.id, between.since)).collect();
    assert_eq!(found, [(2, 4, 2004), (2, 5, 2020)]);
    Ok(())
}

#[tokio::test]
async fn limited_and_nested() -> Result {
    let db = filled().await?;
    let newest = Person::groups().order_by(Membership::since.desc()).limit(1);
    let people: Vec<(Person, Vec<(Group, Vec<Person>)>)> = Person::query()
        .with(newest.with(Group::members().order_by(Person::id.desc()).limit(2)))
        .order_by(Person::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<Vec<_>> = people
        .iter()
        .map(|(_, groups)| {
            groups.iter().map(|(group, members)| (group.id, members.iter().map(|m| m.id).collect())).collect()
        })
        .collect();
    assert_eq!(found, [vec![(2, vec![3, 3])], vec![(1, vec![2, 1])], vec![(2, vec![3, 3])], vec![]]);
    // A relation of the table between.
    let of_between = Person::groups().order_by(Membership::id).with(Membership::person());
    let rows: Vec<(Person, Vec<(Group, Person)>)> =
        Person::query().with(of_between).filter(Person::id.eq(1)).fetch_all(&db).await?;
    assert_eq!(rows[0].1.iter().map(|(group, person)| (group.id, person.id)).collect::<Vec<_>>(), [(1, 1), (2, 1)]);
    let second = Person::query().with(Person::groups().order_by(Group::id).limit(1).offset(1)).order_by(Person::id);
    let second = second.fetch_all(&db).await?;
    assert_eq!(
        second.iter().map(|(_, groups)| names(groups)).collect::<Vec<_>>(),
        [vec!["Writers"], vec![], vec!["Writers"], vec![]]
    );
    Ok(())
}

#[tokio::test]
async fn of_a_table_with_itself() -> Result {
    let db = filled().await?;
    let people: Vec<(Person, Vec<Person>, Vec<Person>)> = Person::query()
        .with(Person::follows().order_by(Person::id))
        .with(Person::followers().order_by(Person::id))
        .order_by(Person::id)
        .fetch_all(&db)
        .await?;
    let ids = |people: &[Person]| people.iter().map(|person| person.id).collect::<Vec<_>>();
    let found: Vec<_> = people.iter().map(|(_, follows, followers)| (ids(follows), ids(followers))).collect();
    assert_eq!(found, [(vec![2, 3], vec![2]), (vec![1], vec![1]), (vec![3], vec![1, 3]), (vec![], vec![])]);

    let people = || Person::query().select(Person::name).order_by(Person::id);
    assert_eq!(people().filter(Person::follows().any()).fetch_all(&db).await?, ["Ann", "Bob", "Cid"]);
    let of_cid = Person::follows().any_where(Person::name.eq("Cid"));
    assert_eq!(people().filter(of_cid).fetch_all(&db).await?, ["Ann", "Cid"]);
    // Who follows somebody that follows Ann.
    let twice = Person::follows().any_where(Person::follows().any_where(Person::name.eq("Ann")));
    assert_eq!(people().filter(twice).fetch_all(&db).await?, ["Ann"]);
    let mutual =
        Person::follows().any_where(Person::follows().any_where((Person::name.eq("Ann"), Follow::follower.eq(2))));
    assert_eq!(people().filter(mutual).fetch_all(&db).await?, ["Ann"]);
    let counts = Person::query().select((Person::followers().count(), Person::follows().max(Follow::followed)));
    let counts = counts.order_by(Person::id).fetch_all(&db).await?;
    assert_eq!(counts, [(1, Some(3)), (1, Some(1)), (2, Some(3)), (0, None)]);
    Ok(())
}

#[tokio::test]
async fn around_one_table_with_conditions() -> Result {
    let db = company().await?;
    let employees: Vec<(Employee, Vec<Employee>, Vec<Team>)> = Employee::query()
        .with(Employee::juniors().order_by(Employee::id))
        .with(Employee::teams_of_reports().order_by(Team::id))
        .order_by(Employee::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<(i64, Vec<i64>, Vec<i64>)> = employees
        .iter()
        .map(|(one, juniors, teams)| {
            (one.id, juniors.iter().map(|e| e.id).collect(), teams.iter().map(|t| t.id).collect())
        })
        .collect();
    let none = Vec::new;
    let expected = [
        (1, vec![2], vec![1, 2]),
        (2, none(), none()),
        (3, vec![4, 5], none()),
        (4, none(), none()),
        (5, none(), none()),
    ];
    assert_eq!(found, expected);

    let ids = || Employee::query().select(Employee::id).order_by(Employee::id);
    assert_eq!(ids().filter(Employee::juniors().any()).fetch_all(&db).await?, [1, 3]);
    assert_eq!(ids().filter(Employee::juniors().any_where(Employee::grade.eq(0))).fetch_all(&db).await?, [3]);
    let counts = Employee::query().select((Employee::juniors().count(), Employee::juniors().max(Employee::grade)));
    let counts = counts.order_by(Employee::id).limit(3).fetch_all(&db).await?;
    assert_eq!(counts, [(1, Some(2)), (0, None), (2, Some(1))]);
    // Through the table that it begins at: the condition is about the report, not about the boss.
    let of_blue = Employee::teams_of_reports().any_where((Team::name.eq("Blue"), Employee::grade.lt(9)));
    assert_eq!(ids().filter(of_blue).fetch_all(&db).await?, [1]);
    let teams = Employee::query().select(Employee::teams_of_reports().count()).order_by(Employee::id);
    assert_eq!(teams.fetch_all(&db).await?, [2, 0, 0, 0, 0]);
    Ok(())
}

#[tokio::test]
async fn in_writes() -> Result {
    let db = filled().await?;
    let leads = Person::update().set(Person::name.set("Lead")).filter(Person::led().any());
    assert_eq!(leads.execute(&db).await?, 2);
    let names = Person::query().select(Person::name).order_by(Person::id).fetch_all(&db).await?;
    assert_eq!(names, ["Lead", "Bob", "Lead", "Dan"]);
    let unknown = Follow::delete().filter(Follow::to().any_where(Person::groups().none_where(Group::id.eq(2))));
    assert_eq!(unknown.execute(&db).await?, 1);
    assert_eq!(Follow::query().count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn in_expressions() -> Result {
    let db = filled().await?;
    let people = || Person::query().select(Person::name).order_by(Person::id);
    assert_eq!(people().filter(Person::groups().any()).fetch_all(&db).await?, ["Ann", "Bob", "Cid"]);
    assert_eq!(people().filter(Person::groups().none()).fetch_all(&db).await?, ["Dan"]);
    let leads = Person::groups().any_where((Group::name.eq("Writers"), Membership::role.eq("lead")));
    assert_eq!(people().filter(leads).fetch_all(&db).await?, ["Cid"]);
    let never_guest = Person::groups().all_where(Membership::role.ne("guest"));
    assert_eq!(people().filter(never_guest).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    // Shares a group with Bob: back to the same table, and the same table between, further inside.
    let with_bob = Person::groups().any_where(Group::members().any_where(Person::name.eq("Bob")));
    assert_eq!(people().filter(with_bob).fetch_all(&db).await?, ["Ann", "Bob"]);
    let numbers = Person::query()
        .select((
            Person::groups().count(),
            Person::groups().count_where(Membership::role.eq("lead")),
            Person::groups().sum(Group::id),
            Person::groups().min(Membership::since),
        ))
        .order_by((Person::groups().count().desc(), Person::id));
    let numbers = numbers.fetch_all(&db).await?;
    assert_eq!(
        numbers,
        [(2, 1, Some(3), Some(2001)), (2, 1, Some(4), Some(2004)), (1, 0, Some(1), Some(2003)), (0, 0, None, None)]
    );
    Ok(())
}

#[tokio::test]
async fn with_a_condition_of_its_own() -> Result {
    let db = filled().await?;
    let people: Vec<(Person, Vec<Group>, Vec<Group>)> = Person::query()
        .with(Person::led())
        .with(Person::groups().filter(Group::id.eq(1)))
        .order_by(Person::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = people.iter().map(|(_, led, first)| (names(led), first.len())).collect();
    assert_eq!(found, [(vec!["Readers"], 1), (vec![], 1), (vec!["Writers"], 0), (vec![], 0)]);
    let people = || Person::query().select(Person::name).order_by(Person::id);
    assert_eq!(people().filter(Person::led().any_where(Group::id.eq(2))).fetch_all(&db).await?, ["Cid"]);
    // Of those that they lead, all: who leads none does so.
    assert_eq!(people().filter(Person::led().all_where(Group::id.eq(2))).fetch_all(&db).await?, ["Bob", "Cid", "Dan"]);
    let groups: Vec<(Group, Option<Membership>, Vec<Membership>)> = Group::query()
        .with(Group::lead())
        .with(Group::seniors().order_by(Membership::id))
        .order_by(Group::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = groups
        .iter()
        .map(|(_, lead, seniors)| (lead.as_ref().map(|l| l.id), seniors.iter().map(|m| m.id).collect()))
        .collect();
    assert_eq!(found, [(Some(1), vec![1, 3]), (Some(4), vec![2]), (None, vec![])]);
    Ok(())
}

#[tokio::test]
async fn a_condition_of_a_join() -> Result {
    let db = filled().await?;
    let groups: Vec<(String, Option<i64>)> = Group::query()
        .left_join::<Membership>()
        .on(Group::lead())
        .select((Group::name, Membership::id))
        .order_by(Group::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(groups, [("Readers".to_owned(), Some(1)), ("Writers".to_owned(), Some(4)), ("Empty".to_owned(), None)]);
    let seniors = Group::query()
        .inner_join::<Membership>()
        .on((Group::seniors(), Membership::role.ne("lead")))
        .select(Membership::id)
        .order_by(Membership::id);
    assert_eq!(seniors.fetch_all(&db).await?, [2, 3]);
    let pairs = Group::query().cross_join::<Membership>().filter(or((Group::lead(), Membership::id.eq(5))));
    assert_eq!(
        pairs.filter(Group::id.eq(1)).select(Membership::id).order_by(Membership::id).fetch_all(&db).await?,
        [1, 5]
    );
    Ok(())
}

#[tokio::test]
async fn one_statement_for_each_level() -> Result {
    let db = filled().await?;
    let texts = [
        prepared(
            &db,
            Person::query::<D>()
                .filter(Person::groups().any_where(Membership::role.eq("lead")))
                .select(Person::id)
                .to_sql(),
        )
        .await?,
        prepared(
            &db,
            Person::query::<D>().filter(Person::follows().any_where(Person::name.eq("x"))).select(Person::id).to_sql(),
        )
        .await?,
        prepared(&db, Person::query::<D>().select(Person::led().count()).to_sql()).await?,
    ];
    let texts = texts.map(|statement| statement.sql.replace(['"', '`'], "").replace("$1", "?"));
    assert_eq!(
        texts,
        [
            "SELECT people.id FROM people WHERE EXISTS (SELECT 1 FROM teams INNER JOIN memberships ON memberships.group_id = teams.id \
             WHERE memberships.person_id = people.id AND memberships.role = ?)",
            "SELECT people.id FROM people WHERE EXISTS (SELECT 1 FROM people AS related INNER JOIN follows ON follows.followed = related.id \
             WHERE follows.follower = people.id AND related.name = ?)",
            "SELECT (SELECT count(*) FROM teams INNER JOIN memberships ON memberships.group_id = teams.id \
             WHERE memberships.person_id = people.id AND memberships.role = ?) FROM people",
        ]
    );
    Ok(())
}

#[test]
fn data() {
    let def = Person::def();
    let relation = |name| def.relations.iter().find(|relation| relation.name == name).expect(name);
    let led = relation("led");
    let between = led.through.as_ref().expect("goes through");
    assert_eq!((led.kind, (led.table)().name, led.is_filtered), (RelationKind::HasMany, "teams", true));
    assert_eq!(((between.table)().name, (between.columns)()), ("memberships", ["person_id", "group_id"]));
    let plain = relation("memberships");
    assert!(plain.through.is_none() && !plain.is_filtered);
}
