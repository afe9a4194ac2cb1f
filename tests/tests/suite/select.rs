//! What a query returns: whole rows, columns, tuples, named rows.

use futures_util::TryStreamExt as _;
use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::model::*;

#[tokio::test]
async fn whole_rows() -> Result {
    let db = filled().await?;
    let users = User::query().order_by(User::id).fetch_all(&db).await?;
    assert_eq!(users.len(), 4);
    let bob = &users[1];
    assert_eq!((bob.id, bob.name.as_str(), bob.email.as_str()), (2, "Bob", "bob@example.org"));
    assert_eq!((bob.age, bob.is_active, bob.manager_id), (Some(29), true, Some(1)));
    assert_eq!(User::query().filter(User::id.eq(2)).fetch_one(&db).await?, *bob);
    Ok(())
}

#[tokio::test]
async fn one_row_some_row_no_row() -> Result {
    let db = filled().await?;
    let nobody = User::query().filter(User::id.eq(99));
    assert!(matches!(nobody.clone().fetch_one(&db).await, Err(Error::RowNotFound)));
    assert_eq!(nobody.clone().fetch_optional(&db).await?, None);
    assert_eq!(nobody.fetch_all(&db).await?.len(), 0);
    let names = User::query().select(User::name).order_by(User::name.desc());
    assert_eq!(names.clone().fetch_one(&db).await?, "Dan");
    assert_eq!(names.fetch_optional(&db).await?.as_deref(), Some("Dan"));
    Ok(())
}

#[tokio::test]
async fn columns_expressions_and_values() -> Result {
    let db = filled().await?;
    let ann = || User::query().filter(User::id.eq(1));
    assert_eq!(ann().select(User::age).fetch_one(&db).await?, Some(41));
    assert_eq!(ann().select((User::name,)).fetch_one(&db).await?, ("Ann".to_owned(),));
    let row = ann().select((User::id, User::name.length(), value("here"), User::age + 1, User::manager_id));
    assert_eq!(row.fetch_one(&db).await?, (1, 3, "here".to_owned(), Some(42), None));
    Ok(())
}

#[tokio::test]
async fn a_whole_row_beside_a_computed_column() -> Result {
    let db = filled().await?;
    let (user, length, again): (User, i64, User) =
        User::query().select((User::all(), User::name.length(), User::all())).order_by(User::id).fetch_one(&db).await?;
    assert_eq!((user.name.as_str(), length), ("Ann", 3));
    assert_eq!(user, again);
    Ok(())
}

#[tokio::test]
async fn tuples_nest() -> Result {
    let db = filled().await?;
    let nested = User::query()
        .select(((User::id, (User::name, User::age)), User::is_active, (User::manager_id,)))
        .order_by(User::id.desc())
        .fetch_one(&db)
        .await?;
    assert_eq!(nested, ((4, ("Dan".to_owned(), Some(29))), false, (Some(2),)));
    Ok(())
}

#[tokio::test]
async fn sixteen_columns() -> Result {
    let db = filled().await?;
    let id = User::id;
    let row = User::query()
        .filter(id.eq(3))
        .select((id, id + 1, id + 2, id + 3, id + 4, id + 5, id + 6, id + 7, (id, id), id, id, id, id, id, id, id * 9))
        .fetch_one(&db)
        .await?;
    assert_eq!((row.7, row.8, row.15), (10, (3, 3), 27));
    Ok(())
}

#[tokio::test]
async fn a_column_that_is_left_out_at_run_time() -> Result {
    let db = filled().await?;
    for with_title in [true, false] {
        let rows = Post::query()
            .select((Post::id, with_title.then_some(Post::title), with_title.then_some(Post::discount), Post::views))
            .order_by(Post::id)
            .fetch_all(&db)
            .await?;
        let title = with_title.then(|| "AI and you".to_owned());
        assert_eq!(rows[0], (1, title, with_title.then_some(0.5), 300));
        assert_eq!(rows[1].2, None);
    }
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Card {
    id: i64,
    title: String,
    chars: i64,
    discount: Option<f64>,
}

mod elsewhere {
    #[derive(Debug, PartialEq)]
    pub(crate) struct Line<T> {
        pub(crate) text: T,
    }
}

#[tokio::test]
async fn named_rows() -> Result {
    let db = filled().await?;
    let query = Post::query().filter(Post::id.eq(1));
    let row = query.clone().select(row!({ id: Post::id, type_: Post::category.upper(), r#match: Post::discount }));
    let row = row.fetch_one(&db).await?;
    assert_eq!((row.id, row.type_.as_str(), row.r#match), (1, "TECH", Some(0.5)));
    assert_eq!(row.clone(), row);
    let card = row!(Card { id: Post::id, title: Post::title, chars: Post::title.length(), discount: Post::discount });
    let card = query.clone().select(card).fetch_one(&db).await?;
    assert_eq!(card, Card { id: 1, title: "AI and you".into(), chars: 10, discount: Some(0.5) });
    let line = query.clone().select(row!(elsewhere::Line { text: Post::title })).fetch_one(&db).await?;
    assert_eq!(line, elsewhere::Line { text: "AI and you".to_owned() });
    let both = query.select((Post::id, row!({ title: Post::title }), row!({ views: Post::views + 1 })));
    let (id, first, second) = both.fetch_one(&db).await?;
    assert_eq!((id, first.title.as_str(), second.views), (1, "AI and you", 301));
    Ok(())
}

#[tokio::test]
async fn distinct_rows() -> Result {
    let db = filled().await?;
    let categories = Post::query().distinct().select(Post::category).order_by(Post::category.desc());
    assert_eq!(categories.clone().fetch_all(&db).await?, ["wood", "tech", "food", "ads"]);
    assert_eq!(categories.clone().limit(3).count(&db).await?, 3);
    let pairs = User::query()
        .distinct()
        .select((User::age, User::is_active))
        .order_by(User::age.asc().nulls_first())
        .order_by(User::is_active);
    let pairs = pairs.fetch_all(&db).await?;
    assert_eq!(pairs, [(None, true), (Some(29), false), (Some(29), true), (Some(41), true)]);
    assert_eq!(User::query().distinct().fetch_all(&db).await?.len(), 4);
    Ok(())
}

#[tokio::test]
async fn order_and_nulls() -> Result {
    let db = filled().await?;
    let names = User::query().select(User::name);
    let by_age = names.clone().order_by((User::age.desc().nulls_last(), User::name.desc()));
    assert_eq!(by_age.fetch_all(&db).await?, ["Ann", "Dan", "Bob", "Cid"]);
    let nulls_first = names.clone().order_by((User::age.desc().nulls_first(), User::name.asc()));
    assert_eq!(nulls_first.fetch_all(&db).await?, ["Cid", "Ann", "Bob", "Dan"]);
    let nulls_last = names.clone().order_by(User::age.asc().nulls_last()).order_by(User::name);
    assert_eq!(nulls_last.fetch_all(&db).await?, ["Bob", "Dan", "Ann", "Cid"]);
    for (direction, first) in [(Direction::Asc, "Ann"), (Direction::Desc, "Dan")] {
        assert_eq!(names.clone().order_by(User::name.order(direction)).fetch_one(&db).await?, first);
    }
    let computed = names.order_by((User::name.eq("Cid").desc(), (User::id % 2).asc(), User::id));
    assert_eq!(computed.fetch_all(&db).await?, ["Cid", "Bob", "Dan", "Ann"]);
    Ok(())
}

#[tokio::test]
async fn limit_offset_and_pages() -> Result {
    let db = filled().await?;
    let ids = Post::query().select(Post::id).order_by(Post::id);
    assert_eq!(ids.clone().limit(2).fetch_all(&db).await?, [1, 2]);
    assert_eq!(ids.clone().offset(4).fetch_all(&db).await?, [5, 6]);
    assert_eq!(ids.clone().limit(2).offset(5).fetch_all(&db).await?, [6]);
    assert_eq!(ids.clone().page(2, 4).fetch_all(&db).await?, [5, 6]);
    assert_eq!(ids.clone().limit(u64::MAX).fetch_all(&db).await?.len(), 6);
    for nothing in [ids.clone().limit(0), ids.clone().offset(u64::MAX), ids.page(u64::MAX, u64::MAX)] {
        assert!(nothing.fetch_all(&db).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn count_and_exists() -> Result {
    let db = filled().await?;
    let tech = Post::query().filter(Post::category.eq("tech"));
    assert_eq!(tech.clone().count(&db).await?, 2);
    assert_eq!(tech.clone().order_by(Post::title).limit(1).count(&db).await?, 1);
    assert_eq!(tech.clone().offset(1).count(&db).await?, 1);
    assert_eq!(tech.clone().limit(0).count(&db).await?, 0);
    assert_eq!(tech.clone().select((Post::id, Post::id)).count(&db).await?, 2);
    assert_eq!(Post::query().distinct().select(Post::category).count(&db).await?, 4);
    assert_eq!(Post::query().distinct().select((Post::category, Post::category)).count(&db).await?, 4);
    let groups =
        Post::query().group_by(Post::category).having(count_star().gt(1)).select((Post::category, count_star()));
    assert_eq!(groups.clone().count(&db).await?, 2);
    assert!(groups.clone().exists(&db).await?);
    assert!(!groups.having(count_star().gt(9)).exists(&db).await?);
    assert_eq!(Post::query().select((count_star(), Post::views.sum())).count(&db).await?, 1);
    assert!(tech.clone().exists(&db).await? && tech.clone().order_by(Post::id).limit(5).exists(&db).await?);
    assert!(!tech.clone().limit(0).exists(&db).await?);
    assert!(!tech.clone().offset(2).exists(&db).await?);
    assert!(!tech.filter(Post::views.lt(0)).exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn joined_rows_are_counted_with_their_repeated_names() -> Result {
    let db = filled().await?;
    let joined = User::query().inner_join::<Post>().on(User::posts());
    assert_eq!(joined.clone().count(&db).await?, 6);
    assert_eq!(joined.clone().limit(4).count(&db).await?, 4);
    assert_eq!(joined.clone().distinct().count(&db).await?, 6);
    assert!(joined.distinct().exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn rows_as_they_arrive() -> Result {
    let db = filled().await?;
    let titles: Vec<String> = Post::query()
        .select(Post::title)
        .order_by(Post::id)
        .fetch(&db)
        .map_ok(|title| title + "!")
        .try_collect()
        .await?;
    assert_eq!(titles[..2], ["AI and you!", "Bread!"]);
    let mut rows = std::pin::pin!(User::query().left_join::<Post>().on(User::posts()).order_by(User::id).fetch(&db));
    let mut without_posts = Vec::new();
    while let Some((user, post)) = rows.try_next().await? {
        if post.is_none() {
            without_posts.push(user.name);
        }
    }
    assert_eq!(without_posts, ["Cid"]);
    Ok(())
}

#[tokio::test]
async fn a_query_is_built_once_and_asked_often() -> Result {
    let db = filled().await?;
    let mut query = Post::query();
    for (least, expected) in [(None, 6), (Some(100), 3), (Some(500), 1)] {
        if let Some(least) = least {
            query = query.filter(Post::views.ge(least));
        }
        assert_eq!(query.clone().fetch_all(&db).await?.len(), expected);
    }
    Ok(())
}
