//! INSERT: one row, a few rows, rows of defaults, rows of a query.

use chrono::{DateTime, TimeDelta, Utc};
use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::{database, model::*};
use crate::D;

#[tokio::test]
async fn values_and_their_defaults() -> Result {
    let db = empty().await?;
    let inserted = User::insert().values((User::name.set("Ann"), User::email.set("a@b.c"))).execute(&db).await?;
    assert_eq!(inserted, 1);
    let ann = User::query().fetch_one(&db).await?;
    assert_eq!((ann.id, ann.age, ann.is_active, ann.manager_id), (1, None, true, None));
    assert!((Utc::now() - ann.created_at).abs() < TimeDelta::seconds(5));
    let name = "Bob".to_owned();
    let row = (
        User::email.set("d@e.f".to_owned()),
        User::name.set(&name),
        User::id.set(7),
        User::age.set(Some(3)),
        User::is_active.set(false),
        User::created_at.set(DateTime::UNIX_EPOCH),
        User::manager_id.set(ann.id),
    );
    User::insert().values(row).execute(&db).await?;
    let bob = User::query().filter(User::id.eq(7)).fetch_one(&db).await?;
    assert_eq!((bob.name.as_str(), bob.age, bob.is_active), ("Bob", Some(3), false));
    assert_eq!((bob.created_at, bob.manager_id), (DateTime::UNIX_EPOCH, Some(1)));
    Ok(())
}

#[tokio::test]
async fn expressions_as_values() -> Result {
    let db = empty().await?;
    let age: Option<i32> = None;
    let row = (User::name.set(value("ann").upper()), User::email.set(value("a").concat("@b")), User::age.set(age));
    User::insert().values(row).execute(&db).await?;
    let row = (
        User::name.set("b"),
        User::email.set("b"),
        User::age.set(case_when(value(true), 21).otherwise(20)),
        User::created_at.set(now()),
    );
    User::insert().values(row).execute(&db).await?;
    let rows = User::query().select((User::name, User::email, User::age)).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(rows, [("ANN".into(), "a@b".into(), None), ("b".into(), "b".into(), Some(21))]);
    Ok(())
}

#[tokio::test]
async fn structs() -> Result {
    let db = empty().await?;
    let ann = NewUser { age: Some(41), ..NewUser::new("Ann", "ann@b.c") };
    assert_eq!(User::insert().row(&ann).execute(&db).await?, 1);
    let others = vec![NewUser::new("Bob", "bob@b.c"), NewUser { id: Some(9), ..NewUser::new("Cid", "cid@b.c") }];
    assert_eq!(User::insert().rows(&others).execute(&db).await?, 2);
    assert_eq!(User::insert().rows(others.iter().skip(2)).execute(&db).await?, 0);
    let more = ["Dan", "Eve"].map(|name| NewUser::new(name, name));
    assert_eq!(User::insert().rows(more).execute(&db).await?, 2);
    let rows = User::query().select((User::id, User::name, User::age)).order_by(User::id).fetch_all(&db).await?;
    let names: Vec<_> = rows.iter().map(|(id, name, age)| (*id, name.as_str(), *age)).collect();
    // A sequence knows nothing of the ids that were given.
    let next = if D::SYNTAX.name == "PostgreSQL" { 3 } else { 10 };
    let mut expected =
        [(1, "Ann", Some(41)), (2, "Bob", None), (9, "Cid", None), (next, "Dan", None), (next + 1, "Eve", None)];
    expected.sort();
    assert_eq!(names, expected);
    Ok(())
}

#[tokio::test]
async fn structs_and_expressions() -> Result {
    let db = empty().await?;
    let later = case_when(value(true), DateTime::UNIX_EPOCH).otherwise(DateTime::UNIX_EPOCH);
    let ann = User::insert().row(NewUser { age: Some(1), ..NewUser::new("Ann", "a") });
    ann.set((User::created_at.set(later), User::email.set(value("A").lower().concat("@b")))).execute(&db).await?;
    let others =
        [NewUser { age: Some(2), ..NewUser::new("Bob", "b") }, NewUser { id: Some(7), ..NewUser::new("Cid", "c") }];
    let others = User::insert().rows(&others).set(User::age.set(9)).set(User::manager_id.set(1));
    assert_eq!(others.execute(&db).await?, 2);
    let columns = (User::name, User::email, User::age, User::manager_id);
    let rows = User::query().select(columns).order_by(User::name).fetch_all(&db).await?;
    assert_eq!(rows[0], ("Ann".into(), "a@b".into(), Some(1), None));
    assert_eq!(rows[1], ("Bob".into(), "b".into(), Some(9), Some(1)));
    assert_eq!(rows[2], ("Cid".into(), "c".into(), Some(9), Some(1)));
    let ann = User::query().filter(User::name.eq("Ann")).fetch_one(&db).await?;
    assert_eq!(ann.created_at, DateTime::UNIX_EPOCH);
    Ok(())
}

#[tokio::test]
async fn no_rows_send_nothing() -> Result {
    let db = empty().await?;
    let none = || User::insert().rows(Vec::<NewUser>::new());
    assert_eq!(none().execute(&db).await?, 0);
    assert_eq!(User::query().count(&db).await?, 0);
    Ok(())
}

#[needs(OnConflict)]
#[tokio::test]
async fn no_rows_are_in_no_conflict() -> Result {
    let db = empty().await?;
    let none = User::insert().rows(Vec::<NewUser>::new()).on_conflict(User::id);
    assert_eq!(none.do_nothing().execute(&db).await?, 0);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn no_rows_return_nothing() -> Result {
    let db = empty().await?;
    let none = || User::insert().rows(Vec::<NewUser>::new());
    assert!(none().returning(User::id).fetch_all(&db).await?.is_empty());
    assert_eq!(none().returning(User::id).fetch_optional(&db).await?, None);
    assert!(matches!(none().returning(User::id).fetch_one(&db).await, Err(mizzle::Error::RowNotFound)));
    assert_eq!(User::query().count(&db).await?, 0);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewTicket, update = TicketPatch)]
struct Ticket {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(default = "open")]
    state: String,
    note: Option<String>,
    #[column(default = 5)]
    priority: Option<i32>,
}

#[tokio::test]
async fn rows_of_defaults_only() -> Result {
    let db = database(&mizzle::schema! { Ticket }).await?;
    #[derive(Clone)]
    struct Blank;
    impl mizzle::table::InsertRow for Blank {
        type Table = Ticket;

        fn cells(self, _: &mut mizzle::table::Cells) {}
    }
    assert_eq!(Ticket::insert().rows([Blank, Blank, Blank]).execute(&db).await?, 3);
    let row = |id| Ticket { id, state: "open".into(), note: None, priority: Some(5) };
    assert_eq!(Ticket::query().order_by(Ticket::id).fetch_all(&db).await?, [1, 2, 3].map(row));
    when! { InsertReturning;
        let rows = Ticket::insert().rows([Blank, Blank]).returning(Ticket::all());
        assert_eq!(rows.fetch_all(&db).await?, [4, 5].map(row));
    }
    Ok(())
}

#[tokio::test]
async fn null_and_the_default_are_two_things() -> Result {
    let db = database(&mizzle::schema! { Ticket }).await?;
    let rows = [
        NewTicket { priority: Some(None), ..NewTicket::default() },
        NewTicket { priority: None, ..NewTicket::default() },
        NewTicket { priority: Some(Some(1)), state: Some("shut".into()), ..NewTicket::default() },
    ];
    Ticket::insert().rows(rows).execute(&db).await?;
    let written = Ticket::query().select((Ticket::priority, Ticket::state)).order_by(Ticket::id).fetch_all(&db).await?;
    assert_eq!(written, [(None, "open".into()), (Some(5), "open".into()), (Some(1), "shut".into())]);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn returning() -> Result {
    let db = empty().await?;
    let insert = |email: &'static str| User::insert().values((User::name.set("Ann"), User::email.set(email)));
    assert_eq!(insert("a").returning(User::id).fetch_one(&db).await?, 1);
    let (user, length, active): (User, i64, Option<bool>) = insert("b")
        .returning((User::all(), User::email.length() + User::id, Some(!User::is_active)))
        .fetch_one(&db)
        .await?;
    assert_eq!((user.id, length, active), (2, 3, Some(false)));
    let row = insert("c").returning(row!({ id: User::id, email: User::email.upper() })).fetch_optional(&db).await?;
    assert_eq!(row.map(|row| (row.id, row.email)), Some((3, "C".to_owned())));
    let users: Vec<User> =
        User::insert().rows(["d", "e"].map(|x| NewUser::new(x, x))).returning(User::all()).fetch_all(&db).await?;
    assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [4, 5]);
    Ok(())
}

#[tokio::test]
async fn the_rows_of_a_query() -> Result {
    let db = filled().await?;
    let query = User::query().filter(User::age.is_not_null()).order_by(User::id).select((
        User::name.concat(" was here"),
        value("log"),
        User::id,
    ));
    let insert = Post::insert().from_query((Post::title, Post::category, Post::author_id), query);
    assert_eq!(insert.execute(&db).await?, 3);
    let written = Post::query().filter(Post::id.ge(7)).select((Post::author_id, Post::title, Post::views));
    let written = written.order_by(Post::author_id).fetch_all(&db).await?;
    assert_eq!(written[0], (1, "Ann was here".to_owned(), 0));
    assert_eq!(written.len(), 3);
    let groups = Post::query().group_by((Post::category, Post::author_id)).having(count_star().gt(1)).select((
        Post::category.concat("!"),
        Post::category,
        Post::author_id,
        Post::views.sum().coalesce(0),
    ));
    let columns = (Post::title, Post::category, Post::author_id, Post::views);
    assert_eq!(Post::insert().from_query(columns, groups).execute(&db).await?, 0);
    let copy = Post::query().select((Post::title, Post::category, Post::author_id)).limit(2);
    let insert = Post::insert().from_query((Post::title, Post::category, Post::author_id), copy);
    assert_eq!(insert.execute(&db).await?, 2);
    Ok(())
}

#[needs(OnConflict, InsertReturning)]
#[tokio::test]
async fn the_rows_of_a_query_that_are_in_conflict() -> Result {
    let db = filled().await?;
    let all = Post::query().select((Post::id, Post::title.concat("?"), Post::category, Post::author_id));
    let columns = (Post::id, Post::title, Post::category, Post::author_id);
    let nothing = Post::insert().from_query(columns, all.clone()).on_conflict(Post::id).do_nothing();
    assert_eq!(nothing.execute(&db).await?, 0);
    let update = Post::insert()
        .from_query(columns, all.clone())
        .on_conflict(Post::id)
        .do_update(Post::title.set(excluded(Post::title)))
        .filter(Post::views.gt(100));
    assert_eq!(update.execute(&db).await?, 3);
    let joined =
        User::query().inner_join::<Post>().on(User::posts()).select((Post::id, User::name, Post::category, User::id));
    let update = Post::insert()
        .from_query(columns, joined)
        .on_conflict(Post::id)
        .do_update(Post::title.set(excluded(Post::title)));
    assert_eq!(update.execute(&db).await?, 6);
    let titles = Post::query().select(Post::title).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(titles, ["Ann", "Ann", "Bob", "Bob", "Dan", "Dan"]);
    let limited = all.order_by(Post::id.desc()).limit(1);
    let update =
        Post::insert().from_query(columns, limited).on_conflict(Post::id).do_update(Post::views.set(Post::views + 1));
    assert_eq!(update.returning((Post::id, Post::views)).fetch_all(&db).await?, [(6, 6)]);
    Ok(())
}
