//! Queries that are rendered once.

use std::sync::{Arc, LazyLock, Mutex};

use chrono::NaiveDate;
use futures_util::{Stream, TryStreamExt as _, future::Either, stream};
use mizzle::{
    Error, Json,
    prelude::*,
    render::Statement,
    run::{Done, InSnapshot, Query},
};
use mizzle_tests::{Result, needs, prepared};

use super::{database, model::*};
use crate::D;

static BY: LazyLock<Prepared<D, (i64, String), User>> = LazyLock::new(|| {
    prepare(|(id, name): (Param<i64>, Param<String>)| {
        User::query().filter(User::id.gt(id).and(User::name.ne(name))).order_by(User::id)
    })
});

fn names(users: Vec<User>) -> Vec<String> {
    users.into_iter().map(|user| user.name).collect()
}

#[tokio::test]
async fn a_static_query_is_run_with_values() -> Result {
    let db = &filled().await?;
    assert_eq!(names(BY.fetch_all(db, (1, "Cid".into())).await?), ["Bob", "Dan"]);
    assert_eq!(names(BY.fetch_all(db, (2, "Dan".into())).await?), ["Cid"]);
    assert_eq!(BY.fetch_one(db, (2, "".into())).await?.name, "Cid");
    assert!(matches!(BY.fetch_one(db, (9, "".into())).await, Err(Error::RowNotFound)));
    assert_eq!(BY.fetch_optional(db, (9, "".into())).await?, None);
    let rows: Vec<User> = BY.fetch(db, (3, "Ann".into())).try_collect().await?;
    assert_eq!(names(rows), ["Dan"]);
    db.transaction(async |tx| {
        assert_eq!(BY.fetch_all(tx, (0, "Ann".into())).await?.len(), 3);
        Ok::<_, Error>(())
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn parameters_stand_where_values_do() -> Result {
    let db = &filled().await?;
    // One parameter, twice; values that are fixed, before and after it.
    let near = prepare(|views: Param<i64>| {
        Post::query()
            .filter(Post::category.ne("ads"))
            .filter(Post::views.between(views - 100, views + 100))
            .filter(Post::id.in_([1, 2, 3]))
            .select(Post::title)
            .order_by(Post::id)
    });
    assert_eq!(near.fetch_all(db, 200).await?, ["AI and you", "Cheese"]);
    assert_eq!(near.fetch_all(db, 0).await?, ["Bread"]);
    // In what is selected, which stands before what is filtered but is said after it.
    let labelled = prepare(|(label, id): (Param<String>, Param<i64>)| {
        User::query().filter(User::id.eq(id)).select((value(label), User::name, User::age.coalesce(0).eq(value(41))))
    });
    assert_eq!(labelled.fetch_one(db, ("x".into(), 1)).await?, ("x".into(), "Ann".into(), true));
    // In joins, subqueries, lists and functions.
    let busy = prepare(|(a, b, least): (Param<String>, Param<String>, Param<i64>)| {
        User::query()
            .filter(exists(Post::query().outer::<User>().filter((Post::author_id.eq(User::id), Post::views.gt(least)))))
            .filter(User::name.lower().in_([a, b]))
            .select(User::name)
            .order_by(User::id)
    });
    assert_eq!(busy.fetch_all(db, ("ann".into(), "bob".into(), 400)).await?, ["Bob"]);
    assert_eq!(busy.fetch_all(db, ("ann".into(), "bob".into(), 100)).await?, ["Ann", "Bob"]);
    let like = prepare(|(pattern, is_active): (Param<String>, Param<bool>)| {
        User::query().filter((User::name.like(pattern), User::is_active.eq(is_active))).select(count_star())
    });
    assert_eq!(like.fetch_one(db, ("%n".into(), false)).await?, 1);
    let none = prepare(|()| User::query().filter(User::age.is_null()).select(User::name));
    assert_eq!(none.fetch_all(db, ()).await?, ["Cid"]);
    let alone = prepare(|(id,): (Param<i64>,)| User::query().filter(User::id.eq(id)).select(User::name));
    assert_eq!(alone.fetch_all(db, (3,)).await?, ["Cid"]);
    Ok(())
}

#[tokio::test]
async fn writes_take_values() -> Result {
    let db = &filled().await?;
    let add = prepare(|(name, email, age): (Param<String>, Param<String>, Param<Option<i32>>)| {
        User::insert().values((User::name.set(name), User::email.set(email), User::age.set(age)))
    });
    assert_eq!(add.execute(db, ("Eve".into(), "eve@x".into(), Some(3))).await?, 1);
    assert_eq!(add.execute(db, ("Fay".into(), "fay@x".into(), None)).await?, 1);
    let again = add.execute(db, ("Gus".into(), "eve@x".into(), None)).await;
    assert!(again.is_err_and(|error| error.is_unique_violation()));
    let older = prepare(|(name, years): (Param<String>, Param<i32>)| {
        User::update().set((User::age.set(User::age + years), User::is_active.set(false))).filter(User::name.eq(name))
    });
    assert_eq!(older.execute(db, ("Eve".into(), 4)).await?, 1);
    let eve = User::query().filter(User::name.eq("Eve")).fetch_one(db).await?;
    assert_eq!((eve.age, eve.is_active), (Some(7), false));
    let remove = prepare(|least: Param<i64>| User::delete().filter(User::id.gt(least)));
    assert_eq!(remove.execute(db, 4).await?, 2);
    // A patch that changes nothing sends nothing.
    let nothing = prepare(|id: Param<i64>| User::update().set(UserPatch::default()).filter(User::id.eq(id)));
    assert_eq!(nothing.execute(db, 1).await?, 0);
    Ok(())
}

#[needs(InsertReturning)]
#[tokio::test]
async fn writes_return_rows() -> Result {
    let db = &filled().await?;
    let add = prepare(|(title, author): (Param<String>, Param<i64>)| {
        let values = (Post::title.set(title), Post::category.set("new"), Post::author_id.set(author));
        Post::insert().values(values).returning((Post::id, Post::title))
    });
    assert_eq!(add.fetch_one(db, ("G".into(), 1)).await?, (7, "G".into()));
    assert_eq!(add.fetch_all(db, ("H".into(), 1)).await?, [(8, "H".into())]);
    assert_eq!(add.fetch_optional(db, ("I".into(), 2)).await?, Some((9, "I".into())));
    let rows: Vec<(i64, String)> = add.fetch(db, ("J".into(), 2)).try_collect().await?;
    assert_eq!(rows, [(10, "J".into())]);
    Ok(())
}

#[needs(OnConflict)]
#[tokio::test]
async fn upserts_take_values() -> Result {
    let db = &filled().await?;
    let put = prepare(|(id, title): (Param<i64>, Param<String>)| {
        let values = (Post::id.set(id), Post::title.set(title), Post::category.set("new"), Post::author_id.set(1));
        Post::insert().values(values).on_conflict(Post::id).do_update(Post::title.set(Post::title.concat(title)))
    });
    put.execute(db, (2, "!".into())).await?;
    put.execute(db, (20, "new".into())).await?;
    let titles =
        Post::query().filter(Post::id.in_([2, 20])).order_by(Post::id).select(Post::title).fetch_all(db).await?;
    assert_eq!(titles, ["Bread!", "new"]);
    Ok(())
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq)]
enum Mood {
    Happy,
    Fine,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "kinds")]
struct Kind {
    #[column(primary_key)]
    id: i64,
    mood: Mood,
    moods: Vec<Mood>,
    list: Vec<i32>,
    json: Option<Json<Vec<String>>>,
    day: NaiveDate,
    #[column(default_fn = uuid::Uuid::new_v4, on_update_fn = uuid::Uuid::new_v4)]
    token: uuid::Uuid,
}

/// What stands around a placeholder depends on the type.
#[tokio::test]
async fn parameters_have_the_type_of_their_values() -> Result {
    let db = &database(&mizzle::schema! { Kind }).await?;
    type Values = (
        Param<i64>,
        Param<Mood>,
        Param<Vec<Mood>>,
        Param<Vec<i32>>,
        Param<Option<Json<Vec<String>>>>,
        Param<NaiveDate>,
    );
    let add = prepare(|(id, mood, moods, list, json, day): Values| {
        Kind::insert().values((
            Kind::id.set(id),
            Kind::mood.set(mood),
            Kind::moods.set(moods),
            Kind::list.set(list),
            Kind::json.set(json),
            Kind::day.set(day),
        ))
    });
    let json = Some(Json(vec!["a".to_owned()]));
    add.execute(db, (1, Mood::Fine, vec![Mood::Happy], vec![1, 2], json.clone(), NaiveDate::MIN)).await.err();
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).unwrap_or_default();
    add.execute(db, (2, Mood::Fine, vec![Mood::Happy], vec![1, 2], json.clone(), day)).await?;
    add.execute(db, (3, Mood::Happy, vec![], vec![], None, day)).await?;
    let by_mood = prepare(|mood: Param<Mood>| Kind::query().filter(Kind::mood.eq(mood)));
    let fine = by_mood.fetch_one(db, Mood::Fine).await?;
    assert_eq!((fine.id, &fine.moods, &fine.list, &fine.json), (2, &vec![Mood::Happy], &vec![1, 2], &json));
    let happy = by_mood.fetch_one(db, Mood::Happy).await?;
    assert_eq!((happy.id, &happy.moods, &happy.json), (3, &vec![], &None));
    // What mizzle computes, it computes for each call.
    assert_ne!(fine.token, happy.token);
    let touch = prepare(|id: Param<i64>| Kind::update().set(Kind::list.set(vec![7])).filter(Kind::id.eq(id)));
    touch.execute(db, 2).await?;
    let once = by_mood.fetch_one(db, Mood::Fine).await?;
    touch.execute(db, 2).await?;
    let twice = by_mood.fetch_one(db, Mood::Fine).await?;
    assert!(fine.token != once.token && once.token != twice.token, "{} {} {}", fine.token, once.token, twice.token);
    Ok(())
}

/// Rows of an insert, which may be sent as arrays, are computed for each call too.
#[tokio::test]
async fn what_is_computed_is_new_in_each_row() -> Result {
    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "keys", insert = NewKey)]
    struct Key {
        #[column(primary_key, auto_increment)]
        id: i64,
        name: String,
        #[column(unique, default_fn = uuid::Uuid::new_v4)]
        token: uuid::Uuid,
    }
    let db = &database(&mizzle::schema! { Key }).await?;
    let add = prepare(|()| Key::insert().rows(["a", "b"].map(NewKey::new)));
    assert_eq!(add.execute(db, ()).await?, 2);
    assert_eq!(add.execute(db, ()).await?, 2);
    assert_eq!(Key::query().select(Key::token.count_distinct()).fetch_one(db).await?, 4);
    Ok(())
}

/// Keeps what it is sent.
#[derive(Default)]
struct Kept(Mutex<Vec<Statement>>);

impl Kept {
    fn keep(&self, statement: Statement) {
        self.0.lock().into_iter().for_each(|mut kept| kept.push(statement.clone()));
    }

    fn take(self) -> Vec<Statement> {
        self.0.into_inner().unwrap_or_default()
    }
}

impl Executor<D> for &Kept {
    fn fetch<'e, R: Send + 'static>(
        self,
        query: Query<D, R>,
    ) -> impl Stream<Item = std::result::Result<R, Error>> + Send + 'e
    where
        Self: 'e,
    {
        self.keep(query.statement);
        Either::<_, stream::Empty<_>>::Left(stream::iter(None))
    }

    async fn execute(self, statement: Statement) -> std::result::Result<Done, Error> {
        self.keep(statement);
        Ok(Done::default())
    }

    async fn fetch_batch<R: Send + 'static>(self, queries: Vec<Query<D, R>>) -> std::result::Result<Vec<R>, Error> {
        queries.into_iter().for_each(|query| self.keep(query.statement));
        Ok(Vec::new())
    }

    async fn execute_batch(self, statements: Vec<Statement>) -> std::result::Result<Done, Error> {
        statements.into_iter().for_each(|statement| self.keep(statement));
        Ok(Done::default())
    }

    async fn snapshot<W: InSnapshot<D>>(self, work: W) -> std::result::Result<W::Output, Error> {
        work.run(self).await
    }

    async fn atomic<W: InSnapshot<D>>(self, work: W) -> std::result::Result<W::Output, Error> {
        work.run(self).await
    }
}

#[tokio::test]
async fn parameters_say_how_many_rows() -> Result {
    let db = &filled().await?;
    let some = prepare(|(limit, offset): (Param<u64>, Param<u64>)| {
        User::query().order_by(User::id).limit(limit).offset(offset).select(User::name)
    });
    assert_eq!(some.fetch_all(db, (2, 1)).await?, ["Bob", "Cid"]);
    assert_eq!(some.fetch_all(db, (u64::MAX, 3)).await?, ["Dan"]);
    assert_eq!(some.fetch_all(db, (0, 0)).await?, [""; 0]);
    assert_eq!(some.fetch_one(db, (3, 2)).await?, "Cid");
    assert_eq!(some.fetch_optional(db, (0, 0)).await?, None);
    assert_eq!(some.count(db, (3, 2)).await?, 2);
    assert!(some.exists(db, (1, 3)).await?);
    assert!(!some.exists(db, (1, 4)).await?);
    // One of them known, one parameter twice and elsewhere, in a subquery.
    let page = prepare(|n: Param<u64>| User::query().order_by(User::id.desc()).limit(3).offset(n).select(User::id));
    assert_eq!(page.fetch_all(db, 2).await?, [2, 1]);
    let twice = prepare(|n: Param<u64>| User::query().order_by(User::id).limit(n).offset(n).select(User::id));
    assert_eq!(twice.fetch_all(db, 2).await?, [3, 4]);
    let inner = prepare(|(n, name): (Param<u64>, Param<String>)| {
        let popular = Post::query().order_by(Post::views.desc()).limit(n).select(Post::author_id);
        User::query().filter(User::id.in_(popular)).filter(User::name.ne(name)).order_by(User::id).select(User::name)
    });
    assert_eq!(inner.fetch_all(db, (2, "x".into())).await?, ["Ann", "Bob"]);
    assert_eq!(inner.fetch_all(db, (1, "x".into())).await?, ["Bob"]);
    when! { LimitedWrites;
        let few = prepare(|(n, age): (Param<u64>, Param<i32>)| {
            User::update().set(User::age.set(age)).filter(User::id.gt(0)).order_by(User::id.desc()).limit(n)
        });
        assert_eq!(few.execute(db, (2, 77)).await?, 2);
        assert_eq!(User::query().filter(User::age.eq(77)).select(User::id).order_by(User::id).fetch_all(db).await?, [3, 4]);
    }
    Ok(())
}

/// A list is sent as in a query that is not prepared.
#[tokio::test]
async fn parameters_are_lists() -> Result {
    let db = &filled().await?;
    let some = prepare(|(ids, name): (Param<Vec<i64>>, Param<String>)| {
        User::query().filter(User::id.in_(ids)).filter(User::name.ne(name)).order_by(User::id).select(User::name)
    });
    let call = |ids: &[i64]| (ids.to_vec(), "Bob".to_owned());
    assert_eq!(some.fetch_all(db, call(&[1, 2, 4])).await?, ["Ann", "Dan"]);
    assert_eq!(some.fetch_all(db, call(&[3])).await?, ["Cid"]);
    assert_eq!(some.fetch_all(db, call(&[])).await?, [""; 0]);
    assert_eq!(some.fetch_all(db, call(&(1..=3000).collect::<Vec<_>>())).await?, ["Ann", "Cid", "Dan"]);
    assert_eq!(some.fetch_one(db, call(&[9, 4, 1])).await?, "Ann");
    assert_eq!(some.fetch_optional(db, call(&[9])).await?, None);
    assert_eq!(some.count(db, call(&[1, 2, 3])).await?, 2);
    assert!(some.exists(db, call(&[2, 3])).await? && !some.exists(db, call(&[2])).await?);
    let rows: Vec<String> = some.fetch(db, call(&[4])).try_collect().await?;
    assert_eq!(rows, ["Dan"]);
    // NOT IN; twice, and with other values around it.
    let others = prepare(|(ids, least): (Param<Vec<i64>>, Param<i64>)| {
        User::query()
            .filter(User::id.gt(least).and(User::id.not_in(ids)).and(User::name.ne("x")))
            .filter((User::id + 0).not_in(ids))
            .order_by(User::id)
            .select((User::id, value(5)))
    });
    assert_eq!(others.fetch_all(db, (vec![2, 9], 0)).await?, [(1, 5), (3, 5), (4, 5)]);
    assert_eq!(others.fetch_all(db, (vec![], 3)).await?, [(4, 5)]);
    // Writes, text, dates, bytes, and groups.
    let rename = prepare(|(names, age): (Param<Vec<String>>, Param<i32>)| {
        User::update().set(User::age.set(age)).filter(User::name.in_(names))
    });
    assert_eq!(rename.execute(db, (vec!["Ann".into(), "d'Arc \\ \"".into(), "Dan".into()], 50)).await?, 2);
    let busy = prepare(|counts: Param<Vec<i64>>| {
        let groups = Post::query().group_by(Post::author_id).having(count_star().in_(counts));
        groups.select(Post::author_id).order_by(Post::author_id)
    });
    assert_eq!(busy.fetch_all(db, vec![2, 7]).await?, [1, 2, 4]);
    assert_eq!(busy.fetch_all(db, vec![1]).await?, [0_i64; 0]);
    let kept = Kept::default();
    for ids in [vec![], vec![1], vec![1, 2, 3], vec![4; 1000]] {
        some.fetch_all(&kept, call(&ids)).await?;
    }
    let plain = |ids: Vec<i64>| {
        User::query::<D>().filter(User::id.in_(ids)).filter(User::name.ne("Bob")).order_by(User::id).select(User::name)
    };
    let mut statements = Vec::new();
    for ids in [vec![], vec![1], vec![1, 2, 3], vec![4; 1000]] {
        statements.push(prepared(db, plain(ids).to_sql()).await?);
    }
    assert_eq!(kept.take(), statements);
    Ok(())
}

#[tokio::test]
async fn lists_have_the_type_of_their_values() -> Result {
    let db = &database(&mizzle::schema! { Kind }).await?;
    let day = |day| NaiveDate::from_ymd_opt(2024, 5, day).unwrap_or_default();
    for (id, mood) in [(1, Mood::Happy), (2, Mood::Fine), (3, Mood::Fine)] {
        let kind = (Kind::id.set(id), Kind::mood.set(mood), Kind::moods.set(vec![mood]), Kind::list.set(vec![1]));
        let kind = (kind.0, kind.1, kind.2, kind.3, Kind::day.set(day(u32::try_from(id)?)));
        Kind::insert().values(kind).execute(db).await?;
    }
    let by_mood = prepare(|moods: Param<Vec<Mood>>| {
        Kind::query().filter(Kind::mood.in_(moods)).select(Kind::id).order_by(Kind::id)
    });
    assert_eq!(by_mood.fetch_all(db, vec![Mood::Fine]).await?, [2, 3]);
    assert_eq!(by_mood.fetch_all(db, vec![Mood::Fine, Mood::Happy, Mood::Fine]).await?, [1, 2, 3]);
    assert_eq!(by_mood.fetch_all(db, vec![]).await?, [0_i64; 0]);
    let by_day = prepare(|days: Param<Vec<NaiveDate>>| {
        Kind::query().filter(Kind::day.in_(days)).select(Kind::id).order_by(Kind::id)
    });
    assert_eq!(by_day.fetch_all(db, vec![day(1), day(3), day(9)]).await?, [1, 3]);
    let tokens = Kind::query().filter(Kind::id.gt(1)).select(Kind::token).fetch_all(db).await?;
    let by_token = prepare(|tokens: Param<Vec<uuid::Uuid>>| {
        Kind::query().filter(Kind::token.in_(tokens)).select(Kind::id).order_by(Kind::id)
    });
    assert_eq!(by_token.fetch_all(db, tokens).await?, [2, 3]);
    // Beside a list that is a value.
    let with_list = prepare(|(list, ids): (Param<Vec<i32>>, Param<Vec<i64>>)| {
        Kind::update().set(Kind::list.set(list)).filter(Kind::id.in_(ids))
    });
    assert_eq!(with_list.execute(db, (vec![7, 8], vec![1, 2])).await?, 2);
    let lists = Kind::query().select(Kind::list).order_by(Kind::id).fetch_all(db).await?;
    assert_eq!(lists, [vec![7, 8], vec![7, 8], vec![1]]);
    Ok(())
}

#[tokio::test]
async fn prepared_queries_count() -> Result {
    let db = &filled().await?;
    let by = prepare(|(least, category): (Param<i64>, Param<String>)| {
        Post::query().filter(Post::views.ge(least)).filter(Post::category.ne(category)).order_by(Post::id)
    });
    let (count, exists) = (by.count(db, (100, "tech".into())).await?, by.exists(db, (100, "tech".into())).await?);
    assert_eq!((count, exists), (1, true));
    assert_eq!(by.clone().count(db, (0, "x".into())).await?, 6);
    assert!(!by.exists(db, (9999, "x".into())).await?);
    let grouped = prepare(|least: Param<i64>| {
        Post::query()
            .group_by(Post::author_id)
            .having(Post::views.max().gt(least))
            .select((Post::author_id, count_star()))
    });
    assert_eq!((grouped.count(db, 10).await?, grouped.count(db, 500).await?), (2, 1));
    db.transaction(async |tx| {
        assert_eq!(by.count(tx, (0, "x".into())).await?, 6);
        assert!(by.exists(tx, (0, "x".into())).await?);
        Ok::<_, Error>(())
    })
    .await?;
    when! { DeleteReturning;
        let remove = prepare(|id: Param<i64>| Comment::delete().filter(Comment::post_id.eq(id)).returning(Comment::id));
        assert_eq!((remove.count(db, 1).await?, remove.count(db, 1).await?), (2, 0));
        assert!(remove.exists(db, 3).await? && !remove.exists(db, 3).await?);
    }
    Ok(())
}

/// Parameters that may be NULL are compared as NULLs compare, or decide whether there is a condition.
#[tokio::test]
async fn parameters_can_be_null() -> Result {
    let db = &filled().await?;
    let same = prepare(|age: Param<Option<i32>>| {
        User::query().filter(User::age.is_same_as(age)).select(User::name).order_by(User::id)
    });
    assert_eq!(same.fetch_all(db, Some(29)).await?, ["Bob", "Dan"]);
    assert_eq!(same.fetch_all(db, None).await?, ["Cid"]);
    let maybe = prepare(|(all, least): (Param<bool>, Param<i32>)| {
        User::query().filter(value(all).or(User::age.ge(least))).select(User::id).order_by(User::id)
    });
    assert_eq!(maybe.fetch_all(db, (false, 40)).await?, [1]);
    assert_eq!(maybe.fetch_all(db, (true, 40)).await?, [1, 2, 3, 4]);
    Ok(())
}

/// All calls send one text, and not a copy of it.
#[tokio::test]
async fn nothing_is_rendered_again() -> Result {
    let kept = Kept::default();
    let rename = prepare(|(id, name): (Param<i64>, Param<String>)| {
        User::update().set(User::name.set(name)).filter(User::id.eq(id))
    });
    for id in [1, 2] {
        BY.fetch_all(&kept, (id, "x".into())).await?;
        BY.fetch_optional(&kept, (id, "x".into())).await?;
        rename.execute(&kept, (id, "x".into())).await?;
    }
    let statements = kept.take();
    let (first, second) = statements.split_at(3);
    for (first, second) in first.iter().zip(second) {
        let (a, b) = (first.sql.clone().into_shared(), second.sql.clone().into_shared());
        assert!(Arc::ptr_eq(&a, &b), "{a}");
        assert_ne!(first.values, second.values);
    }
    let written = |id: i64| User::query::<D>().filter(User::id.gt(id).and(User::name.ne("x"))).order_by(User::id);
    let db = &empty().await?;
    assert_eq!(first[0], prepared(db, written(1).to_sql()).await?);
    assert_eq!(second[0], prepared(db, written(2).to_sql()).await?);
    assert_eq!(first[1], prepared(db, written(1).limit(1).to_sql()).await?);
    Ok(())
}

#[tokio::test]
async fn a_parameter_has_no_value_outside() -> Result {
    let db = &filled().await?;
    let mut leaked = None;
    prepare(|id: Param<i64>| {
        let query = User::query::<D>().filter(User::id.eq(id));
        leaked = Some(query.clone());
        query
    });
    let error = leaked.ok_or("no query")?.fetch_all(db).await.err().ok_or("no error")?;
    assert!(matches!(error, Error::Encode(_)), "{error}");
    assert!(error.to_string().contains("a parameter of a prepared query has no value"), "{error}");
    Ok(())
}
