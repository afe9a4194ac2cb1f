//! `.set_each(..)`: an UPDATE with values for each row.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use mizzle::{Error, Json, prelude::*};
use mizzle_tests::{Gallery, Result, needs};
use uuid::Uuid;

use super::{
    database,
    model::*,
    round_trips::{Color, Name},
};
use crate::{D, Db};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "each", insert = NewStock, primary_key(shelf, product))]
struct Stock {
    shelf: String,
    product: i64,
    #[column(default = 0)]
    count: i64,
    note: Option<String>,
    #[column(default_fn = || DateTime::UNIX_EPOCH, on_update_fn = Utc::now)]
    changed_at: DateTime<Utc>,
}

async fn stock() -> Result<Db> {
    let db = database(&mizzle::schema! { Stock }).await?;
    let rows = [("a", 1), ("a", 2), ("b", 1)].map(|(shelf, product)| NewStock::new(shelf, product));
    Stock::insert().rows(rows).execute(&db).await?;
    Ok(db)
}

#[tokio::test]
async fn one_column() -> Result {
    let db = filled().await?;
    let update = User::update().set_each(User::id, User::name, [(1, "Anna"), (3, "Cindy"), (99, "nobody")]);
    assert_eq!(update.execute(&db).await?, 2);
    let names = User::query().select(User::name).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(names, ["Anna", "Bob", "Cindy", "Dan"]);
    Ok(())
}

#[tokio::test]
async fn several_columns_and_null() -> Result {
    let db = filled().await?;
    let rows = vec![(2, ("Bert".to_owned(), None)), (1, ("Ann".to_owned(), Some(42)))];
    assert_eq!(User::update().set_each(User::id, (User::name, User::age), rows).execute(&db).await?, 2);
    let rows = User::query().select((User::name, User::age)).order_by(User::id).limit(3).fetch_all(&db).await?;
    assert_eq!(rows, [("Ann".into(), Some(42)), ("Bert".into(), None), ("Cid".into(), None)]);
    // Nothing but NULL says what type it is.
    let rows = [(1, None::<i32>), (4, None)];
    assert_eq!(User::update().set_each(User::id, User::age, rows).execute(&db).await?, 2);
    assert_eq!(User::query().filter(User::age.is_null()).count(&db).await?, 4);
    let bodies = [(1, Some("borrowed")), (2, None)];
    assert_eq!(Comment::update().set_each(Comment::id, Comment::body, bodies).execute(&db).await?, 2);
    let bodies = Comment::query().select(Comment::body).order_by(Comment::id).limit(2).fetch_all(&db).await?;
    assert_eq!(bodies, [Some("borrowed".to_owned()), None]);
    Ok(())
}

#[tokio::test]
async fn by_another_unique_column_and_a_reference() -> Result {
    let db = filled().await?;
    let ages: Vec<(String, i32)> = vec![("ann@example.org".into(), 50), ("cid@example.org".into(), 51)];
    let update = User::update().set_each(User::email, User::age, ages.iter().map(|(email, age)| (email, age)));
    assert_eq!(update.filter(User::age.is_null()).execute(&db).await?, 1);
    let ages = User::query().select(User::age).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(ages, [Some(41), Some(29), Some(51), Some(29)]);
    Ok(())
}

#[tokio::test]
async fn by_several_columns() -> Result {
    let db = stock().await?;
    let before = Utc::now() - TimeDelta::seconds(5);
    let rows = [(("a", 2), 5), (("b", 1), 6), (("b", 2), 7)];
    let update = Stock::update().set_each((Stock::shelf, Stock::product), Stock::count, rows);
    assert_eq!(update.execute(&db).await?, 2);
    // In any order of the columns, and with a condition that has an OR.
    let rows = [((1, "a"), (8, Some("x"))), ((2, "a"), (9, None))];
    let update = Stock::update().set_each((Stock::product, Stock::shelf), (Stock::count, Stock::note), rows);
    let update = update.filter(Stock::count.eq(0).or(Stock::count.eq(99)));
    assert_eq!(update.execute(&db).await?, 1);
    let rows = Stock::query().order_by((Stock::shelf, Stock::product)).fetch_all(&db).await?;
    let read: Vec<_> = rows.iter().map(|row| (row.count, row.note.as_deref())).collect();
    assert_eq!(read, [(8, Some("x")), (5, None), (6, None)]);
    assert!(rows.iter().all(|row| row.changed_at > before), "`on_update_fn` counts");
    Ok(())
}

#[tokio::test]
async fn what_is_the_same_for_all_rows() -> Result {
    let db = filled().await?;
    let rows = [(1, ("a", 1)), (2, ("b", 2))];
    let update = Post::update()
        .set_each(Post::id, (Post::title, Post::views), rows)
        .set((Post::discount.set(None), Post::views.set(Post::views + 1)))
        .filter(Post::category.ne("food"))
        .filter(Post::author_id.eq(1).or(Post::author_id.eq(2)));
    assert_eq!(update.execute(&db).await?, 1);
    let rows = Post::query().select((Post::title, Post::views, Post::discount)).order_by(Post::id).limit(2);
    assert_eq!(rows.fetch_all(&db).await?, [("a".to_owned(), 301, None), ("Bread".to_owned(), 20, None)]);
    Ok(())
}

#[tokio::test]
async fn no_rows_send_nothing() -> Result {
    let db = filled().await?;
    let none = || User::update().set_each(User::id, User::name, Vec::<(i64, String)>::new());
    assert_eq!(none().execute(&db).await?, 0);
    assert!(none().to_sql().sql.is_empty());
    when! { UpdateReturning;
        assert!(none().returning(User::id).fetch_all(&db).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn a_key_that_is_there_twice() -> Result {
    let db = filled().await?;
    let twice = || User::update().set_each(User::id, User::name, [(1, "Anna"), (2, "Bert"), (1, "Anne")]);
    let error = twice().execute(&db).await.unwrap_err();
    assert!(error.to_string().ends_with("rows 0 and 2 of `set_each`, counted from 0, have the same key"), "{error}");
    assert!(matches!(error, Error::Encode(_)), "{error:?}");
    when! { UpdateReturning;
        assert!(matches!(twice().returning(User::id).fetch_all(&db).await, Err(Error::Encode(_))));
    }
    let emails = [("ann@example.org", 1), ("bob@example.org", 2), ("ann@example.org", 1)];
    assert!(User::update().set_each(User::email, User::age, emails).execute(&db).await.is_err());
    let names = User::query().select(User::name).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(names, ["Ann", "Bob", "Cid", "Dan"]);
    // Keys of several columns repeat as a whole, also among more rows than one statement takes.
    let db = stock().await?;
    let key = (Stock::shelf, Stock::product);
    let rows = [(("a", 1), 1), (("a", 2), 2), (("b", 1), 3)];
    assert_eq!(Stock::update().set_each(key, Stock::count, rows).execute(&db).await?, 3);
    let many = (0..3000).map(|n| (("a", n % 2999), n));
    assert!(matches!(Stock::update().set_each(key, Stock::count, many).execute(&db).await, Err(Error::Encode(_))));
    assert_eq!(Stock::query().select(Stock::count.sum()).fetch_one(&db).await?, Some(6));
    Ok(())
}

/// More than fit into one statement, and all of them in one transaction.
#[tokio::test]
async fn many_rows() -> Result {
    let db = filled().await?;
    let count = if D::SYNTAX.writes.unnest { 40_000 } else { 2_500 };
    let posts = (100..100 + count).map(|id| NewPost { id: Some(id), ..NewPost::new("new", "bulk", 1) });
    Post::insert().rows(posts).execute(&db).await?;
    let rows = |ids: std::ops::Range<i64>| ids.map(|id| (id, (format!("post {id}"), -id)));
    let update = Post::update().set_each(Post::id, (Post::title, Post::views), rows(100..100 + count));
    assert_eq!(i64::try_from(update.execute(&db).await?)?, count);
    let wrong = Post::category.eq("bulk").and(Post::views.ne(-Post::id));
    assert_eq!(Post::query().filter(wrong).count(&db).await?, 0);
    let last = Post::query().filter(Post::id.eq(99 + count)).select(Post::title).fetch_one(&db).await?;
    assert_eq!(last, format!("post {}", 99 + count));
    // The last of them has an author that is not there.
    let rows = (100..100 + count).map(|id| (id, ("changed", if id == 99 + count { 77 } else { 2 })));
    let refused = Post::update().set_each(Post::id, (Post::title, Post::author_id), rows).execute(&db).await;
    assert!(refused.is_err_and(|error| error.is_foreign_key_violation()));
    assert_eq!(Post::query().filter(Post::title.eq("changed")).count(&db).await?, 0);
    Ok(())
}

#[needs(UpdateReturning)]
#[tokio::test]
async fn rows_are_returned() -> Result {
    let db = filled().await?;
    let update = User::update().set_each(User::id, User::age, [(1, 1), (2, 2), (9, 9)]).filter(User::name.ne("Bob"));
    assert_eq!(update.returning((User::name, User::age)).fetch_all(&db).await?, [("Ann".to_owned(), Some(1))]);
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert = NewKind)]
struct Kind {
    #[column(primary_key)]
    id: Uuid,
    day: NaiveDate,
    moment: DateTime<Utc>,
    color: Color,
    maybe: Option<Color>,
    name: Name,
    bytes: Vec<u8>,
    json: Json<Vec<i32>>,
    list: Vec<i64>,
    ratio: f64,
    flag: bool,
}

/// Of all kinds of values, whatever the types that the database would infer.
#[tokio::test]
async fn values_of_many_types() -> Result {
    let db = database(&mizzle::schema! { Kind }).await?;
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).ok_or("no day")?;
    let row = |n: u128| Kind {
        id: Uuid::from_u128(n),
        day,
        moment: DateTime::UNIX_EPOCH + TimeDelta::milliseconds(1250),
        color: Color::Green,
        maybe: (n > 1).then_some(Color::Red),
        name: Name("it's".to_owned()),
        bytes: vec![0, 255],
        json: Json(vec![1, 2]),
        list: vec![3, -4],
        ratio: 0.5,
        flag: true,
    };
    for n in 1..=3 {
        let new = NewKind::new(
            Uuid::from_u128(n),
            day,
            DateTime::UNIX_EPOCH,
            Color::Red,
            Name("x".into()),
            [],
            Json(vec![]),
            [],
            0.0,
            false,
        );
        Kind::insert().row(new).execute(&db).await?;
    }
    let rows = || (1..=3).map(row);
    let first = rows().map(|row| (row.id, (row.day, row.moment, row.color, row.maybe, row.name, row.bytes)));
    let columns = (Kind::day, Kind::moment, Kind::color, Kind::maybe, Kind::name, Kind::bytes);
    assert_eq!(Kind::update().set_each(Kind::id, columns, first).execute(&db).await?, 3);
    let second = rows().map(|row| (row.id, (row.json, row.ratio, row.flag)));
    let columns = (Kind::json, Kind::ratio, Kind::flag);
    assert_eq!(Kind::update().set_each(Kind::id, columns, second).execute(&db).await?, 3);
    let lists = rows().map(|row| (row.id, row.list));
    assert_eq!(Kind::update().set_each(Kind::id, Kind::list, lists).execute(&db).await?, 3);
    assert_eq!(Kind::query().order_by(Kind::id).fetch_all(&db).await?, rows().collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn what_it_looks_like() -> Result {
    let mut gallery = Gallery::new(&database(&mizzle::schema! { User, Post, Comment, Stock }).await?);
    let one = User::update::<D>().set_each(User::id, User::name, [(1, "a"), (2, "b")]);
    gallery.add("one column", one.to_sql()).await?;
    let both = User::update::<D>().set_each(User::id, (User::name, User::age), [(1, ("a", None)), (2, ("b", Some(3)))]);
    gallery.add("two columns", both.clone().to_sql()).await?;
    let some = both.set(User::is_active.set(!User::is_active)).filter(User::age.eq(1).or(User::age.eq(2)));
    gallery.add("and more", some.to_sql()).await?;
    let keys = Stock::update::<D>()
        .set_each((Stock::shelf, Stock::product), Stock::count, [(("a", 1), 1), (("b", 2), 2)])
        .set(Stock::changed_at.set(DateTime::UNIX_EPOCH));
    gallery.add("a key of two columns", keys.to_sql()).await?;
    when! { UpdateReturning;
        let returned = User::update::<D>().set_each(User::id, User::name, [(1, "a")]).returning(User::email);
        gallery.add("returning", returned.to_sql()).await?;
    }
    mizzle_tests::assert_snapshot!("set_each", gallery.text());
    Ok(())
}
