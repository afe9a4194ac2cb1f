//! Queries that are put together at run time and keep one type.

use mizzle::{
    Error,
    prelude::*,
    query::{RowCount, UnknownSortKey},
};
use mizzle_tests::{Result, prepared};

use super::model::*;
use crate::{D, Db};

sortable! {
    /// What users can be sorted by.
    pub(crate) UserSort for User {
        Name = "name" => User::name,
        /// The last ones first, if descending.
        Newest = "newest" => User::id,
        Length = "length" => User::name.length(),
        Active = "active" => case_when(User::is_active, 1).otherwise(0),
    }
}

async fn names(db: &Db, query: Select<D, (User,), User>) -> Result<Vec<String>> {
    Ok(query.fetch_all(db).await?.into_iter().map(|user| user.name).collect())
}

#[derive(Default, Clone)]
struct Search {
    name: Option<&'static str>,
    topic: Option<&'static str>,
    commented: bool,
    managed_by: Option<&'static str>,
    sort: Vec<&'static str>,
    limit: Option<u64>,
    offset: Option<u64>,
}

/// One type, whatever is asked for.
fn search(wanted: Search) -> std::result::Result<Select<D, (User,), User>, UnknownSortKey> {
    let mut query = User::query().filter(wanted.name.map(|name| User::name.like(name)));
    if let Some(topic) = wanted.topic {
        query = query.narrow(|q| q.inner_join::<Post>().on(User::posts()).filter(Post::category.eq(topic)));
    }
    if wanted.commented {
        query = query.narrow(|q| {
            q.inner_join::<Post>()
                .on(Post::author_id.eq(User::id))
                .inner_join::<Comment>()
                .on(Comment::post_id.eq(Post::id))
        });
    }
    if let Some(manager) = wanted.managed_by {
        query = query
            .narrow(|q| q.inner_join::<Manager>().on(Manager.id.eq(User::manager_id).and(Manager.name.eq(manager))));
    }
    let sort = wanted.sort.into_iter().map(str::parse).collect::<std::result::Result<Vec<Sorting<UserSort>>, _>>()?;
    Ok(query.order_by((sort, User::id)).limit(wanted.limit).offset(wanted.offset))
}

#[tokio::test]
async fn a_search_has_one_type() -> Result {
    let db = &filled().await?;
    let found = async |wanted: Search| names(db, search(wanted)?).await;
    let all = Search::default;
    assert_eq!(found(all()).await?, ["Ann", "Bob", "Cid", "Dan"]);
    assert_eq!(found(Search { name: Some("%n"), ..all() }).await?, ["Ann", "Dan"]);
    assert_eq!(found(Search { topic: Some("food"), ..all() }).await?, ["Ann", "Bob"]);
    // Two comments of one post are one author.
    assert_eq!(found(Search { commented: true, ..all() }).await?, ["Ann", "Bob"]);
    assert_eq!(found(Search { managed_by: Some("Ann"), ..all() }).await?, ["Bob", "Cid"]);
    let most = Search { topic: Some("food"), commented: true, managed_by: Some("Ann"), name: Some("B%"), ..all() };
    assert_eq!(found(most).await?, ["Bob"]);
    assert_eq!(found(Search { topic: Some("none"), ..all() }).await?, [""; 0]);
    assert_eq!(found(Search { sort: vec!["-newest"], ..all() }).await?, ["Dan", "Cid", "Bob", "Ann"]);
    assert_eq!(found(Search { sort: vec!["active", "-name"], ..all() }).await?, ["Dan", "Cid", "Bob", "Ann"]);
    assert_eq!(found(Search { sort: vec!["length", "-newest"], limit: Some(2), ..all() }).await?, ["Dan", "Cid"]);
    assert_eq!(found(Search { limit: Some(2), offset: Some(1), ..all() }).await?, ["Bob", "Cid"]);
    assert_eq!(found(Search { offset: Some(3), ..all() }).await?, ["Dan"]);
    assert!(found(Search { sort: vec!["email"], ..all() }).await.is_err());
    Ok(())
}

#[tokio::test]
async fn narrowing_means_what_a_join_does() -> Result {
    let db = &filled().await?;
    // Of a query that is joined, selected, sorted and cut.
    let pairs = User::query::<D>()
        .inner_join::<Post>()
        .on(User::posts())
        .select((User::name, Post::title))
        .order_by(Post::id.desc())
        .narrow(|q| q.inner_join::<Comment>().on(Comment::post_id.eq(Post::id).and(Comment::author_id.ne(User::id))))
        .limit(2);
    let pair = |name: &str, title: &str| (name.to_owned(), title.to_owned());
    assert_eq!(pairs.clone().fetch_all(db).await?, [pair("Bob", "Databases"), pair("Bob", "Cheese")]);
    assert_eq!(pairs.limit(9).count(db).await?, 3);
    // A left join keeps what has no partner; conditions alone are conditions.
    let lonely = |q: Select<D, (User,), (), _>| q.left_join::<Post>().on(User::posts()).filter(Post::id.is_null());
    assert_eq!(names(db, User::query().narrow(lonely)).await?, ["Cid"]);
    let active = User::query().narrow(|q| q.filter(User::is_active).filter(User::id.gt(1))).order_by(User::id);
    assert_eq!(names(db, active).await?, ["Bob", "Cid"]);
    assert_eq!(names(db, User::query().narrow(|q| q).order_by(User::id)).await?.len(), 4);
    let any_post =
        User::query().narrow(|q| q.cross_join::<Post>().filter(Post::views.gt(User::id * 200))).order_by(User::id);
    assert_eq!(names(db, any_post).await?, ["Ann", "Bob", "Cid"]);
    // First left, then inner; with a subquery and another narrowing in it; on an alias.
    let nested = User::query()
        .narrow(|q| {
            q.left_join::<Manager>()
                .on(Manager.id.eq(User::manager_id))
                .inner_join::<Post>()
                .on(Post::author_id.eq(Manager.id))
                .narrow(|q| q.inner_join::<Comment>().on(Comment::post_id.eq(Post::id)))
                .filter(exists(Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id))))
        })
        .order_by(User::id);
    assert_eq!(names(db, nested).await?, ["Bob", "Cid", "Dan"]);
    let aliased = Manager::query::<D>().narrow(|q| q.inner_join::<User>().on(User::manager_id.eq(Manager.id)));
    let managers = aliased.select(Manager.name).order_by(Manager.id).fetch_all(db).await?;
    assert_eq!(managers, ["Ann", "Bob"]);
    // In a subquery that is correlated itself.
    let busy =
        User::query::<D>().filter(exists(Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).narrow(
            |q| q.inner_join::<Comment>().on(Comment::post_id.eq(Post::id).and(Comment::author_id.ne(User::id))),
        )));
    assert_eq!(names(db, busy.order_by(User::id)).await?, ["Ann", "Bob"]);
    Ok(())
}

/// A limit inside of it says how many partners there must be.
#[tokio::test]
async fn narrowing_by_the_number_of_rows() -> Result {
    let db = &filled().await?;
    let more_than = |count: u64| {
        User::query::<D>()
            .order_by(User::id)
            .narrow(|q| q.inner_join::<Post>().on(User::posts()).order_by(Post::views.desc()).limit(1).offset(count))
    };
    assert_eq!(names(db, more_than(0)).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(names(db, more_than(1)).await?, ["Ann", "Bob", "Dan"]);
    assert_eq!(names(db, more_than(2)).await?, [""; 0]);
    let none = User::query::<D>().narrow(|q| q.inner_join::<Post>().on(User::posts()).limit(0));
    assert_eq!(names(db, none).await?, [""; 0]);
    when! { IndexHints;
        let hinted = User::query::<D>().narrow(|q| q.use_index("PRIMARY").inner_join::<Post>().on(User::posts()));
        let sql = prepared(db, hinted.to_sql()).await?.sql;
        assert!(sql.contains("FROM `users` USE INDEX (`PRIMARY`) WHERE EXISTS"), "{sql}");
    }
    Ok(())
}

#[tokio::test]
async fn filters_grow_in_joins() -> Result {
    let db = &filled().await?;
    let mut filters = Filters::new();
    filters.push(User::name.ne("Dan"));
    if User::query::<D>().exists(db).await? {
        filters.push(Post::views.gt(User::id * 100));
    }
    let titles = User::query::<D>()
        .inner_join::<Post>()
        .on(User::posts())
        .filter(filters.all())
        .select(Post::title)
        .order_by(Post::id)
        .fetch_all(db)
        .await?;
    assert_eq!(titles, ["AI and you", "Databases"]);
    Ok(())
}

#[tokio::test]
async fn keys_are_chosen_by_name() -> Result {
    let db = &filled().await?;
    assert_eq!("newest".parse(), Ok(UserSort::Newest));
    assert_eq!(
        UserSort::ALL.iter().map(UserSort::to_string).collect::<Vec<_>>(),
        ["name", "newest", "length", "active"]
    );
    let descending: Sorting<UserSort> = "-name".parse()?;
    assert_eq!((descending, descending.to_string()), (UserSort::Name.desc(), "-name".to_owned()));
    assert_eq!(
        serde_json::from_str::<Vec<Sorting<UserSort>>>(r#"["-name", "length"]"#)?,
        [descending, UserSort::Length.asc()]
    );
    assert_eq!(serde_json::to_string(&(descending, UserSort::Newest))?, r#"["-name","newest"]"#);
    for text in ["", "-", "--name", "Name", "name ", "name; DROP TABLE users", "users.name", "email", "-\"name\""] {
        let error = text.parse::<Sorting<UserSort>>().err().ok_or("it is a name")?;
        assert_eq!(error.to_string(), "no such sort key: there are name, newest, length, active");
        assert!(
            text.parse::<UserSort>().is_err() && serde_json::from_value::<UserSort>(text.into()).is_err(),
            "{text}"
        );
    }
    // In joins, beside other keys, absent.
    let absent: Option<Sorting<UserSort>> = None;
    let joined = || Post::query::<D>().inner_join::<User>().on(Post::author()).select(Post::id);
    assert_eq!(joined().order_by((UserSort::Newest.desc(), Post::id)).fetch_all(db).await?, [5, 6, 3, 4, 1, 2]);
    assert_eq!(joined().order_by((absent, Post::id.desc())).fetch_all(db).await?, [6, 5, 4, 3, 2, 1]);
    let sql = prepared(db, joined().order_by(absent).to_sql()).await?.sql;
    assert!(!sql.contains("ORDER BY"), "{sql}");
    let by = |wanted: bool| joined().order_by(wanted.then(|| Post::views.desc())).limit(1);
    assert_eq!(by(true).fetch_all(db).await?, [4]);
    assert_eq!(by(false).fetch_all(db).await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn absent_numbers_add_nothing() -> Result {
    let db = &filled().await?;
    async fn ids<N: RowCount>(db: &Db, limit: N, offset: Option<u64>) -> std::result::Result<Vec<i64>, Error> {
        User::query::<D>().order_by(User::id).limit(limit).offset(offset).select(User::id).fetch_all(db).await
    }
    assert_eq!(ids(db, 2, None).await?, [1, 2]);
    assert_eq!(ids(db, None, None).await?, [1, 2, 3, 4]);
    assert_eq!(ids(db, Some(1), Some(2)).await?, [3]);
    assert_eq!(ids(db, u64::MAX, Some(3)).await?, [4]);
    assert_eq!(User::query::<D>().limit(1).limit(None).count(db).await?, 1);
    when! { LimitedWrites;
        let none = User::update().set(User::age.set(1)).filter(User::id.gt(0)).order_by(User::id).limit(None);
        assert_eq!(none.execute(db).await?, 4);
    }
    Ok(())
}

/// Deep pages whose keys are found first.
#[tokio::test]
async fn deferred_pages_are_the_same() -> Result {
    let db = &filled().await?;
    let posts = || {
        Post::query::<D>()
            .filter(Post::views.lt(700))
            .narrow(|q| q.inner_join::<User>().on(Post::author()))
            .order_by((Post::category.desc(), Post::id))
            .page(2, 2)
    };
    let page = posts().fetch_all(db).await?;
    assert_eq!(page.iter().map(|post| post.id).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(posts().deferred().fetch_all(db).await?, page);
    assert_eq!(posts().deferred().fetch_optional(db).await?.as_ref(), page.first());
    assert_eq!(posts().deferred().count(db).await?, 2);
    assert!(posts().deferred().exists(db).await?);
    // Conditions that come later, other columns, an alias, a prepared query.
    let titles = Other::query::<D>()
        .deferred()
        .order_by(Other.views.desc())
        .limit(2)
        .offset(1)
        .filter(Other.views.gt(5))
        .select((Other.title.upper(), value(3)));
    let row = |title: &str| (title.to_owned(), 3);
    assert_eq!(titles.fetch_all(db).await?, [row("AI AND YOU"), row("CHEESE")]);
    let prepared = prepare(|(least, offset): (Param<i64>, Param<u64>)| {
        let posts = Post::query::<D>().filter(Post::views.ge(least)).order_by(Post::views);
        posts.limit(1).offset(offset).deferred().select(Post::id)
    });
    assert_eq!(prepared.fetch_all(db, (20, 2)).await?, [1]);
    assert_eq!(prepared.fetch_all(db, (5, 1)).await?, [2]);
    Ok(())
}
