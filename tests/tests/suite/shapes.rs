//! Shapes: structs that say what is selected and loaded.

use std::sync::atomic::Ordering::SeqCst;

use chrono::{DateTime, TimeZone as _, Utc};
use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, prepared};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    counting::{Counted, counter},
    database,
    model::*,
};
use crate::{D, Db};

#[derive(Shape, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[shape(table = Post)]
struct PostCard {
    id: i64,
    title: String,
    discount: Option<f64>,
}

#[derive(Shape, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[shape(table = User)]
struct Boss {
    name: String,
}

#[derive(Shape, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[shape(table = User)]
struct Profile {
    id: i64,
    #[shape(from = name)]
    called: String,
    posts: Vec<PostCard>,
    manager: Option<Boss>,
    #[shape(expr = User::posts().filter(Post::views.gt(100)).order_by(Post::views.desc()).limit(1))]
    best: Vec<PostCard>,
    #[shape(expr = User::employees().select(User::name).order_by(User::id))]
    employees: Vec<String>,
    #[shape(expr = User::name.length())]
    letters: i64,
    #[shape(expr = User::posts().count())]
    post_count: i64,
    #[shape(expr = User::age + 1)]
    next_age: Option<i32>,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Comment)]
struct Thread {
    id: i64,
    body: Option<String>,
    post: PostWithAuthor,
    author: Option<User>,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct PostWithAuthor {
    title: String,
    author: User,
    comments: Vec<Comment>,
}

/// Nothing but a relation.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Feed {
    #[shape(expr = User::posts().order_by(Post::id))]
    posts: Vec<PostCard>,
}

#[tokio::test]
async fn a_shape_of_columns_is_one_statement() -> Result {
    let db = filled().await?;
    let count = counter();
    let cards: Vec<PostCard> = Post::query()
        .shape::<PostCard>()
        .filter(Post::author_id.eq(1))
        .order_by(Post::id.desc())
        .fetch_all(Counted(&db, count))
        .await?;
    let card = |id, title: &str, discount| PostCard { id, title: title.into(), discount };
    assert_eq!(cards, [card(2, "Bread", None), card(1, "AI and you", Some(0.5))]);
    assert_eq!(count.load(SeqCst), 1);
    let page = Post::query().shape::<PostCard>().order_by(Post::id).page(2, 2);
    assert_eq!(page.clone().fetch_one(&db).await?.id, 3);
    assert_eq!(page.fetch_all(&db).await?.len(), 2);
    let none = Post::query().filter(Post::id.eq(99)).shape::<PostCard>();
    assert_eq!(none.clone().fetch_optional(&db).await?, None);
    assert!(matches!(none.fetch_one(&db).await, Err(Error::RowNotFound)));
    Ok(())
}

#[tokio::test]
async fn only_what_a_shape_names_is_selected() -> Result {
    let db = filled().await?;
    let sql = prepared(&db, Post::query::<D>().shape::<PostCard>().filter(Post::id.gt(1)).order_by(Post::id).to_sql())
        .await?;
    let quoted = sql.sql.replace(['"', '`'], "").replace("$1", "?");
    assert_eq!(quoted, "SELECT posts.id, posts.title, posts.discount FROM posts WHERE posts.id > ? ORDER BY posts.id");
    Ok(())
}

#[tokio::test]
async fn columns_relations_and_expressions() -> Result {
    let db = filled().await?;
    let count = counter();
    let profiles: Vec<Profile> =
        User::query().shape::<Profile>().order_by(User::id).limit(3).fetch_all(Counted(&db, count)).await?;
    // The users, and one for each of the four relations; of few users, all at once where that can be.
    assert_eq!(count.load(SeqCst), if D::SYNTAX.name == "PostgreSQL" { 1 } else { 5 });
    let bob = &profiles[1];
    assert_eq!((bob.id, bob.called.as_str(), bob.letters, bob.post_count, bob.next_age), (2, "Bob", 3, 2, Some(30)));
    assert_eq!(bob.manager, Some(Boss { name: "Ann".into() }));
    assert_eq!(bob.posts.iter().map(|post| post.id).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(bob.best, [PostCard { id: 4, title: "Databases".into(), discount: None }]);
    assert_eq!(bob.employees, ["Dan"]);
    let (ann, cid) = (&profiles[0], &profiles[2]);
    assert_eq!((&ann.manager, &ann.employees[..]), (&None, &["Bob".to_owned(), "Cid".to_owned()][..]));
    assert_eq!((cid.posts.len(), cid.best.len(), cid.post_count, cid.next_age), (0, 0, 0, None));
    Ok(())
}

#[tokio::test]
async fn shapes_nest_and_hold_whole_rows() -> Result {
    let db = filled().await?;
    let count = counter();
    let threads = Comment::query().shape::<Thread>().order_by(Comment::id).fetch_all(Counted(&db, count)).await?;
    // Comments, their posts, the authors of these, the comments of these, and the authors of comments.
    assert_eq!(count.load(SeqCst), 5);
    let users = User::query().order_by(User::id).fetch_all(&db).await?;
    let comments = Comment::query().order_by(Comment::id).fetch_all(&db).await?;
    let found: Vec<_> =
        threads.iter().map(|thread| (thread.id, thread.post.author.id, thread.post.comments.len())).collect();
    assert_eq!(found, [(1, 1, 2), (2, 1, 2), (3, 2, 1), (4, 2, 1)]);
    assert_eq!(threads[0].post.author, users[0]);
    assert_eq!(threads[0].author.as_ref(), Some(&users[1]));
    assert_eq!(threads[1].author, None);
    assert_eq!(threads[3].post.comments, [comments[3].clone()]);
    Ok(())
}

#[tokio::test]
async fn of_relations_only() -> Result {
    let db = filled().await?;
    let feeds = User::query().shape::<Feed>().order_by(User::id).fetch_all(&db).await?;
    let found: Vec<Vec<i64>> = feeds.iter().map(|feed| feed.posts.iter().map(|post| post.id).collect()).collect();
    assert_eq!(found, [vec![1, 2], vec![3, 4], vec![], vec![5, 6]]);
    let feed = User::query().filter(User::id.eq(2)).shape::<Feed>().fetch_one(&db).await?;
    assert_eq!(feed.posts[0].title, "Cheese");
    Ok(())
}

#[tokio::test]
async fn on_a_relation_that_is_loaded() -> Result {
    let db = filled().await?;
    let users: Vec<(User, Vec<PostCard>, Option<Boss>)> = User::query()
        .with(User::posts().shape::<PostCard>().order_by(Post::id.desc()).limit(1))
        .with(User::manager().shape::<Boss>())
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = users
        .iter()
        .map(|(user, posts, boss)| (user.id, posts.first().map(|post| post.id), boss.as_ref().map(|boss| &*boss.name)))
        .collect();
    assert_eq!(
        found,
        [(1, Some(2), None), (2, Some(4), Some("Ann")), (3, None, Some("Ann")), (4, Some(6), Some("Bob"))]
    );
    // After its conditions, and deeper.
    let popular = User::posts().filter(Post::views.ge(300)).shape::<PostWithAuthor>();
    let users = User::query().select(User::name).with(popular).order_by(User::id).fetch_all(&db).await?;
    assert_eq!((users[0].0.as_str(), users[0].1.len(), users[0].1[0].comments.len()), ("Ann", 1, 2));
    assert_eq!(users[1].1[0].author.name, "Bob");
    Ok(())
}

#[tokio::test]
async fn of_one_table_of_a_join() -> Result {
    let db = filled().await?;
    let cards = Post::query()
        .inner_join::<User>()
        .on(Post::author())
        .filter(User::name.eq("Bob"))
        .shape::<PostCard>()
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(cards.iter().map(|card| card.id).collect::<Vec<_>>(), [3, 4]);
    let profiles = Post::query()
        .inner_join::<User>()
        .on(Post::author())
        .filter(Post::id.eq(5))
        .shape::<Profile>()
        .fetch_all(&db)
        .await?;
    assert_eq!((profiles.len(), profiles[0].called.as_str(), profiles[0].posts.len()), (1, "Dan", 2));
    Ok(())
}

#[tokio::test]
async fn a_table_is_the_shape_of_all_its_columns() -> Result {
    let db = filled().await?;
    let posts = Post::query().shape::<Post>().order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(posts, Post::query().order_by(Post::id).fetch_all(&db).await?);
    Ok(())
}

#[tokio::test]
async fn inside_of_a_transaction() -> Result {
    let db = filled().await?;
    let profile = db
        .transaction(async |tx| {
            Post::insert().row(NewPost::new("new", "x", 3)).execute(tx).await?;
            User::query().shape::<Profile>().filter(User::id.eq(3)).fetch_one(tx).await
        })
        .await?;
    assert_eq!((profile.posts.len(), profile.post_count), (1, 1));
    Ok(())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Settings {
    theme: String,
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[sql_enum(name = "rank_of_member")]
enum Rank {
    Plain,
    Honorary,
}

#[derive(SqlValue, Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct MemberId(i64);

table! {
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    Member (has_many(tokens = Token::member_id)) {
        id: MemberId [primary_key],
        rank: Rank,
        settings: Json<Settings>,
        seen: Option<DateTime<Utc>>,
        tags: Vec<String>,
        secret: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    Token {
        id: Uuid [primary_key],
        member_id: MemberId [references = Member::id],
        made: DateTime<Utc>,
    }
}

#[derive(Shape, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[shape(table = Member)]
struct MemberView {
    id: MemberId,
    rank: Rank,
    settings: Json<Settings>,
    #[shape(from = seen)]
    last_seen: Option<DateTime<Utc>>,
    tags: Vec<String>,
    tokens: Vec<TokenView>,
}

#[derive(Shape, Debug, PartialEq, Serialize, Deserialize)]
#[shape(table = Token)]
struct TokenView {
    id: Uuid,
    made: DateTime<Utc>,
    #[serde(rename = "of")]
    member: Member,
}

/// What a web handler answers with.
#[tokio::test]
async fn a_shape_becomes_json() -> Result {
    let db: Db = database(&mizzle::schema! { Member, Token }).await?;
    let seen = Utc.with_ymd_and_hms(2026, 11, 26, 4, 5, 6).single();
    let member = (
        Member::id.set(MemberId(1)),
        Member::rank.set(Rank::Honorary),
        Member::settings.set(Json(Settings { theme: "dark".into() })),
        Member::seen.set(seen),
        Member::tags.set(vec!["a".to_owned(), "b\"c".to_owned()]),
        Member::secret.set("hidden"),
    );
    Member::insert().values(member).execute(&db).await?;
    let id = Uuid::from_u128(7);
    let made = seen.unwrap_or_default();
    Token::insert()
        .values((Token::id.set(id), Token::member_id.set(MemberId(1)), Token::made.set(made)))
        .execute(&db)
        .await?;

    let members: Vec<MemberView> = Member::query().shape::<MemberView>().fetch_all(&db).await?;
    let member = serde_json::json!({
        "id": 1, "rank": "Honorary", "settings": { "theme": "dark" }, "seen": "2026-11-26T04:05:06Z",
        "tags": ["a", "b\"c"], "secret": "hidden",
    });
    let expected = serde_json::json!([{
        "id": 1, "rank": "Honorary", "settings": { "theme": "dark" }, "lastSeen": "2026-11-26T04:05:06Z",
        "tags": ["a", "b\"c"],
        "tokens": [{ "id": "00000000-0000-0000-0000-000000000007", "made": "2026-11-26T04:05:06Z", "of": member }],
    }]);
    assert_eq!(serde_json::to_value(&members)?, expected);
    assert_eq!(serde_json::from_value::<Vec<MemberView>>(expected)?, members);
    Ok(())
}

table! {
    #[derive(Debug, PartialEq)]
    Wide {
        c1: i64 [primary_key], c2: i64, c3: String, c4: i64, c5: i64, c6: i64, c7: i64, c8: i64, c9: Option<i64>, c10: i64,
    }
}

/// More fields than one tuple has.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = Wide)]
struct WideShape {
    c10: i64,
    c9: Option<i64>,
    c8: i64,
    c7: i64,
    c6: i64,
    c5: i64,
    c4: i64,
    c3: String,
    c2: i64,
    #[shape(expr = Wide::c1 + Wide::c2)]
    sum: i64,
}

#[tokio::test]
async fn of_many_fields() -> Result {
    let db: Db = database(&mizzle::schema! { Wide }).await?;
    Wide::insert()
        .values((
            Wide::c1.set(1),
            Wide::c2.set(2),
            Wide::c3.set("3"),
            Wide::c4.set(4),
            Wide::c5.set(5),
            Wide::c6.set(6),
            Wide::c7.set(7),
            Wide::c8.set(8),
            Wide::c9.set(None),
            Wide::c10.set(10),
        ))
        .execute(&db)
        .await?;
    let found = Wide::query().shape::<WideShape>().fetch_one(&db).await?;
    let expected = WideShape { c10: 10, c9: None, c8: 8, c7: 7, c6: 6, c5: 5, c4: 4, c3: "3".into(), c2: 2, sum: 3 };
    assert_eq!(found, expected);
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Note (shape(NoteHead, except(body, secret), derive(Debug, PartialEq, Serialize))) {
        id: i64 [primary_key],
        title: String [name = "TITLE"],
        body: String,
        secret: Option<String>,
        pinned: bool [constant = is_pinned],
    }
}

#[tokio::test]
async fn all_columns_but_some() -> Result {
    let db: Db = database(&mizzle::schema! { Note }).await?;
    let note = (Note::id.set(1), Note::title.set("t"), Note::body.set("b"), Note::is_pinned.set(true));
    Note::insert().values(note).execute(&db).await?;
    let heads = Note::query().shape::<NoteHead>();
    let sql = prepared(&db, heads.to_sql()).await?.sql.replace(['"', '`'], "");
    assert_eq!(sql, "SELECT note.id, note.TITLE, note.pinned FROM note");
    let heads: Vec<NoteHead> = heads.fetch_all(&db).await?;
    assert_eq!(heads, [NoteHead { id: 1, title: "t".into(), pinned: true }]);
    assert_eq!(serde_json::to_value(&heads)?, serde_json::json!([{ "id": 1, "title": "t", "pinned": true }]));
    Ok(())
}

#[tokio::test]
async fn row_by_row() -> Result {
    use futures_util::TryStreamExt as _;
    let db = filled().await?;
    let count = counter();
    let cards: Vec<PostCard> =
        Post::query().shape::<PostCard>().order_by(Post::id).fetch(Counted(&db, count)).try_collect().await?;
    assert_eq!((cards.len(), count.load(SeqCst)), (6, 1));
    let profiles: Vec<Profile> = User::query().shape::<Profile>().order_by(User::id).fetch(&db).try_collect().await?;
    assert_eq!(profiles.iter().map(|profile| profile.posts.len()).collect::<Vec<_>>(), [2, 2, 0, 2]);
    Ok(())
}

/// A table may be called as a database is.
mod names {
    use mizzle::prelude::*;

    #[derive(Table, Debug, PartialEq)]
    #[table(has_many(parts(Part::within, filter = Part::id.gt(0))))]
    pub(super) struct Database {
        #[column(primary_key)]
        pub(super) id: i64,
    }

    #[derive(Table, Debug, PartialEq)]
    pub(super) struct Part {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(references = Database::id)]
        pub(super) within: i64,
    }

    #[derive(Shape, Debug, PartialEq)]
    #[shape(table = Database)]
    pub(super) struct Whole {
        pub(super) parts: Vec<Part>,
        #[shape(expr = Database::parts().count())]
        pub(super) count: i64,
    }
}

#[tokio::test]
async fn of_tables_with_such_names() -> Result {
    let db = database(&mizzle::schema! { names::Database, names::Part }).await?;
    names::Database::insert().values((names::Database::id.set(1),)).execute(&db).await?;
    names::Part::insert().values((names::Part::id.set(2), names::Part::within.set(1))).execute(&db).await?;
    let whole = names::Database::query().shape::<names::Whole>().fetch_one(&db).await?;
    assert_eq!(whole, names::Whole { parts: vec![names::Part { id: 2, within: 1 }], count: 1 });
    Ok(())
}

#[tokio::test]
async fn the_rows_of_shapes_are_counted() -> Result {
    let db = filled().await?;
    let users = User::query().shape::<Profile>().filter(User::id.gt(1)).order_by(User::id);
    assert_eq!((users.clone().count(&db).await?, users.clone().exists(&db).await?), (3, true));
    assert_eq!(users.clone().page(2, 2).count(&db).await?, 1);
    assert_eq!(users.page(2, 2).fetch_all(&db).await?.len(), 1);
    Ok(())
}
