//! Pages by keys: which rows they hold, whatever comes and goes, and what the database does for one.

use std::collections::BTreeMap;

use mizzle::{
    Error,
    dialect::{Dialect, DialectKind},
    prelude::*,
    query::{Keyset, Page},
    render::Statement,
    run::{Query, RowReader},
};
use mizzle_tests::{Result, TestDatabase as _};

use super::{database, model::*};
use crate::{D, Db};

type Place = (String, i64);
type Users = Keyset<D, (User,), User, Place>;

fn by_name() -> Users {
    User::query::<D>().keyset((User::name.asc(), User::id.asc()))
}

fn names<C>(page: &Page<User, C>) -> Vec<&str> {
    page.rows.iter().map(|user| user.name.as_str()).collect()
}

fn at(name: &str, id: i64) -> Option<Place> {
    Some((name.to_owned(), id))
}

#[tokio::test]
async fn pages_follow_each_other() -> Result {
    let db = &filled().await?;
    let first = by_name().page(2).fetch(db).await?;
    assert_eq!(names(&first), ["Ann", "Bob"]);
    assert_eq!((&first.next, &first.previous), (&at("Bob", 2), &None));
    let second = by_name().after(first.next).page(2).fetch(db).await?;
    assert_eq!(names(&second), ["Cid", "Dan"]);
    assert_eq!((&second.next, &second.previous), (&None, &at("Cid", 3)));
    let back = by_name().before(second.previous).page(1).fetch(db).await?;
    assert_eq!(names(&back), ["Bob"]);
    assert_eq!((&back.next, &back.previous), (&at("Bob", 2), &at("Bob", 2)));
    let start = by_name().before(back.previous).page(7).fetch(db).await?;
    assert_eq!(names(&start), ["Ann"]);
    assert_eq!((&start.next, &start.previous), (&at("Ann", 1), &None));
    // Behind the last one, and around nothing.
    let end = by_name().after(("Dan".to_owned(), 4)).page(2).fetch(db).await?;
    assert_eq!((end.rows.len(), &end.next, &end.previous), (0, &None, &None));
    let none = by_name().filter(User::id.gt(9)).page(2).fetch(db).await?;
    assert_eq!((none.rows.len(), none.next, none.previous), (0, None, None));
    // Exactly one page.
    let all = by_name().page(4).fetch(db).await?;
    assert_eq!((names(&all), &all.next), (vec!["Ann", "Bob", "Cid", "Dan"], &None));
    Ok(())
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mood {
    Zen,
    Angry,
    Merry,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people", insert = NewPerson)]
#[table(index(name = "people_by_name", on = (Person::name, Person::id)))]
#[table(index(name = "people_by_age", on = (Person::age, Person::id.desc())))]
struct Person {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
    age: i32,
    mood: Mood,
    born: chrono::NaiveDateTime,
    weight: f64,
    /// Makes rows wide, so that no plan reads an index for everything.
    notes: String,
}

/// Many people of few names and ages.
async fn people(count: i32) -> Result<Db> {
    let db = database(&mizzle::schema! { Person }).await?;
    let born = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).and_then(|day| day.and_hms_micro_opt(1, 2, 3, 4));
    let born = born.ok_or("no such day")?;
    let person = |n: i32| {
        let name = ["Ann", "bob", "Cid", "ann", "Bob", "Élan", "d'Arc"][n as usize * 5 % 7];
        let mood = [Mood::Zen, Mood::Angry, Mood::Merry][n as usize % 3];
        let born = born + chrono::TimeDelta::microseconds((n % 4).into());
        NewPerson::new(name, n * 7 % 50, mood, born, f64::from(n % 5) / 3.0, "x".repeat(100))
    };
    Person::insert().rows((0..count).map(person)).execute(&db).await?;
    Ok(db)
}

/// Reads all pages forward and then backward: both are `expected`.
macro_rules! walk {
    ($db:expr, $keys:expr, $size:expr, $expected:expr) => {{
        let expected: Vec<i64> = $expected;
        let pages = || Person::query::<D>().keyset($keys).select(Person::id);
        let mut forward = Vec::new();
        let mut page = pages().page($size).fetch($db).await?;
        assert_eq!(page.previous, None);
        loop {
            forward.extend(page.rows.iter().copied());
            // Typed and opaque places in turn.
            let next = page.next_cursor();
            page = match page.next {
                None => break,
                Some(next) if forward.len() % 2 == 0 => pages().after(next).page($size).fetch($db).await?,
                Some(_) => pages().after(next).page($size).fetch($db).await?,
            };
        }
        assert_eq!(forward, expected);
        let mut backward = page.rows;
        let mut previous = page.previous;
        while let Some(place) = previous {
            let page = pages().before(place).page($size).fetch($db).await?;
            backward.splice(0..0, page.rows);
            previous = page.previous;
        }
        assert_eq!(backward, expected);
    }};
}

#[tokio::test]
async fn each_row_is_on_one_page() -> Result {
    let db = &people(60).await?;
    macro_rules! sorted {
        ($keys:expr) => {
            Person::query::<D>().order_by($keys).select(Person::id).fetch_all(db).await?
        };
    }
    let desc = Direction::Desc;
    walk!(db, Person::id, 7, sorted!(Person::id));
    walk!(db, Person::id.desc(), 60, sorted!(Person::id.desc()));
    walk!(db, (Person::name, Person::id), 7, sorted!((Person::name, Person::id)));
    walk!(db, (Person::name.desc(), Person::id.desc()), 1, sorted!((Person::name.desc(), Person::id.desc())));
    walk!(db, (Person::age, Person::id.order(desc)), 8, sorted!((Person::age, Person::id.desc())));
    walk!(
        db,
        (Person::weight.desc(), Person::born, Person::name.desc(), Person::id),
        3,
        sorted!((Person::weight.desc(), Person::born, Person::name.desc(), Person::id))
    );
    walk!(db, (Person::name.length(), Person::age + 1, Person::id), 4, {
        sorted!((Person::name.length(), Person::age + 1, Person::id))
    });
    walk!(db, (Person::age.gt(20), Person::id), 4, sorted!((Person::age.gt(20), Person::id)));
    // An enum: in the order of the database, or, where that is not how it compares, of its words.
    let mut moods: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for (mood, id) in Person::query::<D>().select((Person::mood, Person::id)).order_by(Person::id).fetch_all(db).await?
    {
        let key = if has!(Postgres) { (mood as usize, "") } else { (0, ["zen", "angry", "merry"][mood as usize]) };
        moods.entry(key).or_default().push(id);
    }
    walk!(db, (Person::mood, Person::id), 7, moods.into_values().flatten().collect());
    Ok(())
}

#[tokio::test]
async fn rows_that_come_and_go_move_no_others() -> Result {
    let db = &filled().await?;
    let first = by_name().page(2).fetch(db).await?;
    User::insert().row(NewUser::new("Abe", "abe@x")).execute(db).await?;
    User::insert().row(NewUser::new("Caz", "caz@x")).execute(db).await?;
    User::update().set(User::email.set("b@x")).filter(User::name.eq("Bob")).execute(db).await?;
    let second = by_name().after(first.next_cursor()).page(3).fetch(db).await?;
    assert_eq!(names(&second), ["Caz", "Cid", "Dan"]);
    // The row that the cursor was made of may be gone.
    Comment::delete().all_rows().execute(db).await?;
    Post::delete().all_rows().execute(db).await?;
    User::update().set(User::manager_id.set(None)).all_rows().execute(db).await?;
    User::delete().filter(User::name.eq("Bob")).execute(db).await?;
    assert_eq!(names(&by_name().after(first.next).page(1).fetch(db).await?), ["Caz"]);
    Ok(())
}

#[tokio::test]
async fn pages_of_joins_and_of_other_columns() -> Result {
    let db = &filled().await?;
    let pairs = || {
        User::query::<D>().inner_join::<Post>().on(User::posts()).filter(Post::views.gt(0)).keyset((
            Post::views.desc(),
            Post::id,
            User::id,
        ))
    };
    let first = pairs().page(2).fetch(db).await?;
    let shown: Vec<_> = first.rows.iter().map(|(user, post)| (user.name.as_str(), post.title.as_str())).collect();
    assert_eq!(shown, [("Bob", "Databases"), ("Ann", "AI and you")]);
    assert_eq!(first.next, Some((300, 1, 1)));
    let rest = pairs().after(first.next).select((User::name, Post::title.upper(), value(7))).page(9).fetch(db).await?;
    let row = |name: &str, title: &str| (name.to_owned(), title.to_owned(), 7);
    assert_eq!(rest.rows, [row("Bob", "CHEESE"), row("Ann", "BREAD"), row("Dan", "ELM_TREES")]);
    // Of a table and its alias, by a unique column that is no primary key.
    let managed = User::query::<D>()
        .inner_join::<Manager>()
        .on(Manager.id.eq(User::manager_id))
        .keyset((Manager.email.desc(), User::id.desc()))
        .select((Manager.name, User::name));
    let page = managed.page(2).fetch(db).await?;
    assert_eq!(page.rows, [("Bob", "Dan"), ("Ann", "Cid")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(page.next, Some(("ann@example.org".to_owned(), 3)));
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "seats", insert = NewSeat, primary_key(row, place))]
#[table(unique(code, place))]
struct Seat {
    row: i32,
    place: i32,
    code: String,
}

#[tokio::test]
async fn keys_of_several_columns_are_unique_in_any_order() -> Result {
    let db = &database(&mizzle::schema! { Seat }).await?;
    let seats =
        (1..=3).flat_map(|row| (1..=3).map(move |place| NewSeat::new(row, place, ["a", "b", "c"][row as usize - 1])));
    Seat::insert().rows(seats).execute(db).await?;
    let page = Seat::query().keyset((Seat::place.desc(), Seat::row)).after((3, 2)).page(2).fetch(db).await?;
    let seat = |row: i32, place: i32, code: &str| Seat { row, place, code: code.to_owned() };
    assert_eq!(page.rows, [seat(3, 3, "c"), seat(1, 2, "a")]);
    let page = Seat::query().keyset((Seat::code, Seat::place)).after(("b".to_owned(), 3)).page(1).fetch(db).await?;
    assert_eq!(page.rows, [seat(3, 1, "c")]);
    Ok(())
}

/// What went wrong with a page.
async fn failure<R: Send + 'static>(db: &Db, pages: Keyset<D, (User,), R, Place>) -> String {
    match pages.page(2).fetch(db).await {
        Err(error @ Error::Cursor { .. }) => error.to_string(),
        Err(error) => format!("another error: {error}"),
        Ok(_) => "no error".to_owned(),
    }
}

#[tokio::test]
async fn cursors_of_other_queries_are_refused() -> Result {
    let db = &filled().await?;
    let first = by_name().page(2).fetch(db).await?;
    let cursor = first.next_cursor().ok_or("there is no next page")?;
    let text = cursor.to_string();
    assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{text}");
    assert_eq!(text.parse::<Cursor>()?, cursor);
    let json = serde_json::to_string(&Some(&cursor))?;
    assert_eq!(serde_json::from_str::<Option<Cursor>>(&json)?, Some(cursor.clone()));
    assert_eq!(names(&by_name().after(&cursor).page(9).fetch(db).await?), ["Cid", "Dan"]);
    let foreign = "this cursor is not of this query";
    let descending = User::query().keyset((User::name.desc(), User::id.asc())).after(&cursor);
    assert_eq!(failure(db, descending).await, foreign);
    let by_email = User::query().keyset((User::email.asc(), User::id.asc())).after(Some(&cursor));
    assert_eq!(failure(db, by_email).await, foreign);
    // Cut off, changed, or no cursor at all.
    assert_eq!(failure(db, by_name().after(text[..text.len() - 4].parse::<Cursor>()?)).await, foreign);
    let changed = if text.ends_with('A') { "B" } else { "A" };
    if let Ok(changed) = format!("{}{changed}", &text[..text.len() - 1]).parse::<Cursor>() {
        assert_eq!(failure(db, by_name().after(changed)).await, foreign);
    }
    for text in ["", "x", "not a cursor", "1; DROP TABLE users"] {
        assert!(matches!(text.parse::<Cursor>(), Err(Error::Cursor { .. })), "{text}");
        assert!(serde_json::from_value::<Cursor>(text.into()).is_err(), "{text}");
    }
    // What has no pages by keys, and what is no page.
    let limited = User::query().limit(3).keyset((User::name.asc(), User::id.asc()));
    assert_eq!(failure(db, limited).await, "a query with `.limit(..)` or `.offset(..)` has no cursors");
    let sorted = User::query().order_by(User::email).keyset((User::name.asc(), User::id.asc()));
    assert_eq!(failure(db, sorted).await, "a query with `.order_by(..)` has no cursors: their keys are its order");
    let both = by_name().after(at("Ann", 1)).before(at("Dan", 4));
    assert_eq!(failure(db, both).await, "a page is after a cursor or before one, not both");
    Ok(())
}

#[tokio::test]
async fn prepared_pages() -> Result {
    let db = &people(40).await?;
    let pages = || Person::query::<D>().keyset((Person::name, Person::age.desc(), Person::id)).select(Person::id);
    let first = prepare(|()| pages().page(7));
    let after =
        prepare(|(name, age, id): (Param<String>, Param<i32>, Param<i64>)| pages().after((name, age, id)).page(7));
    let before = prepare(|(least, name, age, id): (Param<i64>, Param<String>, Param<i32>, Param<i64>)| {
        pages().filter(Person::id.gt(least)).before((name, age, id)).page(7)
    });
    let mut page = first.fetch(db, ()).await?;
    assert_eq!(page, pages().page(7).fetch(db).await?);
    for _ in 0..2 {
        let place = page.next.ok_or("there is a next page")?;
        page = after.fetch(db, place.clone()).await?;
        assert_eq!(page, pages().after(place).page(7).fetch(db).await?);
    }
    let (name, age, id) = page.previous.clone().ok_or("there is a page before")?;
    let back = before.fetch(db, (3, name.clone(), age, id)).await?;
    assert_eq!(back, pages().filter(Person::id.gt(3)).before((name, age, id)).page(7).fetch(db).await?);
    assert_eq!(back.rows.len(), 7);
    // By one key, on one place that stays, and on none.
    let by_id = prepare(|id: Param<i64>| Person::query::<D>().keyset(Person::id).after(id).page(2));
    let ids = |page: Page<Person, i64>| page.rows.iter().map(|person| person.id).collect::<Vec<_>>();
    assert_eq!(ids(by_id.fetch(db, 8).await?), [9, 10]);
    let fixed = prepare(|least: Param<i64>| {
        Person::query::<D>().filter(Person::id.ge(least)).keyset(Person::id.desc()).after(20).page(2)
    });
    assert_eq!(ids(fixed.fetch(db, 19).await?), [19]);
    let wrong = prepare(|()| Person::query::<D>().limit(3).keyset(Person::id).page(2));
    assert!(matches!(wrong.fetch(db, ()).await, Err(Error::Cursor { .. })));
    Ok(())
}

/// Joins the texts of a row.
fn read_plan(row: &mut <D as Dialect>::Row<'_>) -> std::result::Result<String, Error> {
    when! { Sqlite; row.skip(3); }
    Ok(row.text()?.unwrap_or_default().to_owned())
}

/// How the database reads the rows of a query.
async fn plan(db: &Db, query: Statement) -> Result<String> {
    let explain = match D::KIND {
        DialectKind::Sqlite => "EXPLAIN QUERY PLAN",
        DialectKind::MySql => "EXPLAIN FORMAT=TREE",
        DialectKind::MariaDb => "EXPLAIN FORMAT=JSON",
        _ => "EXPLAIN",
    };
    let sql = Box::leak(format!("{explain} {}", query.sql).into_boxed_str());
    let lines = db.fetch_all(Query::<D, String>::new(Statement::raw(sql, query.values), read_plan)).await?;
    Ok(lines.join("\n"))
}

/// Whether the plan takes the rows from the index, in its order and from the place on.
fn assert_walks(plan: &str, index: &str) {
    let sorts = ["USE TEMP B-TREE", "Sort", "filesort"].iter().any(|word| plan.contains(word));
    let scans = ["SCAN", "Seq Scan", "Table scan", "\"access_type\": \"ALL\""].iter().any(|word| plan.contains(word));
    assert!(plan.contains(index) && !sorts && !scans, "{plan}");
    let seeks = ["SEARCH", "Index Cond", "range scan", "\"access_type\": \"range\""];
    assert!(seeks.iter().any(|word| plan.contains(word)), "{plan}");
}

#[tokio::test]
async fn plans_walk_the_index() -> Result {
    let db = &people(5000).await?;
    when! { Postgres; db.run("ANALYZE people").await?; }
    when! { Sqlite; db.run("ANALYZE").await?; }
    when! { MySql; db.text("ANALYZE TABLE people").await?; }
    when! { MariaDb; db.text("ANALYZE TABLE people").await?; }
    let by_name = || Person::query::<D>().keyset((Person::name, Person::id));
    let name = "Cid".to_owned();
    assert_walks(&plan(db, by_name().after((name.clone(), 2500)).page(20).to_sql()?).await?, "people_by_name");
    assert_walks(&plan(db, by_name().before((name, 2500)).page(20).to_sql()?).await?, "people_by_name");
    // In mixed directions, which the index has.
    let by_age = || Person::query::<D>().keyset((Person::age, Person::id.desc()));
    assert_walks(&plan(db, by_age().after((25, 2500)).page(20).to_sql()?).await?, "people_by_age");
    let backward = plan(db, by_age().before((25, 2500)).page(20).to_sql()?).await?;
    // MySQL reads such an index in its own direction only.
    when! { !MySql; assert_walks(&backward, "people_by_age"); }
    when! { MySql; assert!(backward.contains("Sort"), "{backward}"); }
    let by_id = Person::query::<D>().keyset(Person::id).after(2500).page(20);
    assert!(!plan(db, by_id.to_sql()?).await?.to_lowercase().contains("sort"));
    // The test can fail: without the key at the end, or with another direction, rows are sorted.
    let unlike = Person::query::<D>().keyset((Person::age, Person::id)).after((25, 2500)).page(20);
    let plan = plan(db, unlike.to_sql()?).await?;
    assert!(std::panic::catch_unwind(|| assert_walks(&plan, "people_by_age")).is_err(), "{plan}");
    Ok(())
}
