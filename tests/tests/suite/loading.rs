//! Relations in one call: nested rows.

use std::sync::atomic::Ordering::SeqCst;

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    database,
    model::*,
};
use crate::{D, Db};

#[tokio::test]
async fn children_of_each_row() -> Result {
    let db = filled().await?;
    let users: Vec<(User, Vec<Post>)> = User::query().with(User::posts()).order_by(User::id).fetch_all(&db).await?;
    let found: Vec<_> =
        users.iter().map(|(user, posts)| (user.id, posts.iter().map(|post| post.id).collect())).collect();
    assert_eq!(found, [(1, vec![1, 2]), (2, vec![3, 4]), (3, vec![]), (4, vec![5, 6])]);
    let posts = Post::query().order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(users.into_iter().flat_map(|(_, posts)| posts).collect::<Vec<_>>(), posts);
    Ok(())
}

#[tokio::test]
async fn nested_filtered_sorted_and_limited() -> Result {
    let db = filled().await?;
    let count = counter();
    let users: Vec<(User, Vec<(Post, Vec<Comment>)>)> = User::query()
        .with(User::posts().filter(Post::views.gt(0)).order_by(Post::views.desc()).limit(1).with(Post::comments()))
        .filter(User::id.le(3))
        .order_by(User::id.desc())
        .fetch_all(Counted(&db, count))
        .await?;
    let found: Vec<_> = users
        .iter()
        .map(|(user, posts)| {
            let posts: Vec<_> = posts.iter().map(|(post, comments)| (post.id, comments.len())).collect();
            (user.id, posts)
        })
        .collect();
    assert_eq!(found, [(3, vec![]), (2, vec![(4, 1)]), (1, vec![(1, 2)])]);
    assert_eq!(count.load(SeqCst), 3);
    Ok(())
}

#[tokio::test]
async fn side_by_side_and_up() -> Result {
    let db = filled().await?;
    let count = counter();
    let users: Vec<(User, Vec<Post>, Vec<User>, Option<User>)> = User::query()
        .with(User::posts().order_by(Post::id))
        .with(User::employees().order_by(User::id))
        .with(User::manager())
        .order_by(User::id)
        .fetch_all(Counted(&db, count))
        .await?;
    let names = |users: &[User]| users.iter().map(|user| user.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&users[0].2), ["Bob", "Cid"]);
    assert_eq!(users.iter().map(|(_, posts, ..)| posts.len()).collect::<Vec<_>>(), [2, 2, 0, 2]);
    let managers: Vec<_> = users.iter().map(|(.., manager)| manager.as_ref().map(|manager| manager.id)).collect();
    // Two of them have the same one.
    assert_eq!(managers, [None, Some(1), Some(1), Some(2)]);
    assert_eq!(count.load(SeqCst), 4);
    Ok(())
}

#[tokio::test]
async fn a_row_that_must_be_there() -> Result {
    let db = filled().await?;
    let posts: Vec<(Post, User)> = Post::query().with(Post::author()).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(posts.iter().map(|(_, author)| author.id).collect::<Vec<_>>(), [1, 1, 2, 2, 4, 4]);
    let comments: Vec<(Comment, (Post, User), Option<User>)> = Comment::query()
        .with(Comment::post().with(Post::author()))
        .with(Comment::author())
        .order_by(Comment::id)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> =
        comments.iter().map(|(_, (post, owner), author)| (post.id, owner.id, author.as_ref().map(|a| a.id))).collect();
    assert_eq!(found, [(1, 1, Some(2)), (1, 1, None), (3, 2, Some(1)), (4, 2, Some(1))]);
    // With a condition it may not be there.
    let active: Vec<(Post, Option<User>)> =
        Post::query().with(Post::author().filter(User::is_active)).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(
        active.iter().map(|(_, author)| author.is_some()).collect::<Vec<_>>(),
        [true, true, true, true, false, false]
    );
    Ok(())
}

#[tokio::test]
async fn columns_of_each_level() -> Result {
    let db = filled().await?;
    type Posts = Vec<((i64, String), Vec<Option<String>>)>;
    let users: Vec<(String, Posts)> = User::query()
        .select(User::name)
        .with(
            User::posts()
                .select((Post::views, Post::title.upper()))
                .order_by(Post::id.desc())
                .limit(1)
                .with(Post::comments().select(Comment::body).order_by(Comment::id)),
        )
        .order_by(User::id)
        .limit(2)
        .fetch_all(&db)
        .await?;
    let first = Some("fast".to_owned());
    assert_eq!(
        users,
        [
            ("Ann".into(), vec![((20, "BREAD".into()), vec![])]),
            ("Bob".into(), vec![((700, "DATABASES".into()), vec![first])])
        ]
    );
    Ok(())
}

#[tokio::test]
async fn of_joined_rows() -> Result {
    let db = filled().await?;
    // The same post twice, and where a join found nothing there is nothing to load.
    let rows: Vec<((Post, Option<Comment>), Vec<Comment>, Option<User>)> = Post::query()
        .left_join::<Comment>()
        .on(Post::comments())
        .with(Post::comments().order_by(Comment::id))
        .with(Comment::author())
        .order_by((Post::id, Comment::id))
        .filter(Post::id.le(2))
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = rows
        .iter()
        .map(|((post, comment), comments, author)| {
            (post.id, comment.as_ref().map(|c| c.id), comments.len(), author.as_ref().map(|a| a.id))
        })
        .collect();
    assert_eq!(found, [(1, Some(1), 2, Some(2)), (1, Some(2), 2, None), (2, None, 0, None)]);
    Ok(())
}

#[tokio::test]
async fn of_what_an_outer_join_did_not_find() -> Result {
    let db = filled().await?;
    // The key cannot be NULL, but its row can be missing.
    let rows: Vec<((User, Option<Post>), Option<User>, Vec<Comment>)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .with(Post::author())
        .with(Post::comments().order_by(Comment::id))
        .order_by((User::id, Post::id))
        .filter(User::id.between(2, 3))
        .fetch_all(&db)
        .await?;
    let found: Vec<_> = rows
        .iter()
        .map(|((user, post), author, comments)| {
            (user.id, post.as_ref().map(|post| post.id), author.as_ref().map(|author| author.id), comments.len())
        })
        .collect();
    assert_eq!(found, [(2, Some(3), Some(2), 1), (2, Some(4), Some(2), 1), (3, None, None, 0)]);
    Ok(())
}

#[tokio::test]
async fn pages_of_children() -> Result {
    let db = filled().await?;
    let second = User::posts().order_by(Post::id).limit(1).offset(1);
    let users = User::query().with(second).order_by(User::id).fetch_all(&db).await?;
    let found: Vec<Vec<i64>> = users.iter().map(|(_, posts)| posts.iter().map(|post| post.id).collect()).collect();
    assert_eq!(found, [vec![2], vec![4], vec![], vec![6]]);
    let none = User::query().with(User::posts().limit(0)).fetch_all(&db).await?;
    assert!(none.iter().all(|(_, posts)| posts.is_empty()));
    Ok(())
}

#[tokio::test]
async fn one_row_or_none() -> Result {
    let db = filled().await?;
    let (ann, posts) = User::query().with(User::posts()).filter(User::id.eq(1)).fetch_one(&db).await?;
    assert_eq!((ann.id, posts.len()), (1, 2));
    let count = counter();
    let nobody = User::query().with(User::posts().with(Post::comments())).filter(User::id.eq(9));
    assert!(nobody.clone().fetch_optional(Counted(&db, count)).await?.is_none());
    // There is nothing to look for.
    assert_eq!(count.load(SeqCst), 1);
    assert!(matches!(nobody.fetch_one(&db).await, Err(Error::RowNotFound)));
    Ok(())
}

#[tokio::test]
async fn inside_of_a_transaction() -> Result {
    let db = filled().await?;
    let posts = db
        .transaction(async |tx| {
            Post::insert().row(NewPost::new("new", "x", 3)).execute(tx).await?;
            let (_, posts) = User::query().with(User::posts()).filter(User::id.eq(3)).fetch_one(tx).await?;
            Ok(posts)
        })
        .await?;
    assert_eq!(posts.len(), 1);
    Ok(())
}

#[tokio::test]
async fn more_parents_than_one_list_has() -> Result {
    let db: Db = empty().await?;
    let users = (0..20_000).map(|n| NewUser::new(format!("u{n}"), format!("{n}@example.org")));
    User::insert().rows(users).execute(&db).await?;
    let ids = User::query().select(User::id).order_by(User::id).fetch_all(&db).await?;
    let posts = ids.iter().step_by(1_000).map(|id| NewPost::new(format!("of {id}"), "x", *id));
    Post::insert().rows(posts).execute(&db).await?;
    let count = counter();
    let users = User::query().with(User::posts()).order_by(User::id).fetch_all(Counted(&db, count)).await?;
    assert_eq!(users.len(), 20_000);
    // SQLite takes 8 191 of them in one statement, MySQL and MariaDB 16 383, PostgreSQL all.
    let statements = if D::SYNTAX.name == "SQLite" { 4 } else { 2 + usize::from(D::SYNTAX.name != "PostgreSQL") };
    assert_eq!(count.load(SeqCst), statements);
    let found: Vec<_> =
        users.iter().filter(|(_, posts)| !posts.is_empty()).map(|(user, posts)| (user.id, &posts[0].title)).collect();
    assert_eq!(found.len(), 20);
    assert!(found.iter().all(|(id, title)| **title == format!("of {id}")));
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Country (has_many(cities = City::country), has_one(flag = Flag::country)) {
        code: String [primary_key],
        name: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    City {
        id: i64 [primary_key],
        country: Option<String> [references = Country::code, relation = of_country],
    }

    #[derive(Debug, Clone, PartialEq)]
    Flag {
        country: String [primary_key, references = Country::code, relation = of_country],
        colors: String,
    }
}

#[tokio::test]
async fn keys_of_text() -> Result {
    let db = database(&mizzle::schema! { Country, City, Flag }).await?;
    for code in ["at", "de", "it's"] {
        Country::insert().values((Country::code.set(code), Country::name.set(code))).execute(&db).await?;
    }
    for (id, country) in [(1, Some("at")), (2, Some("it's")), (3, None), (4, Some("at"))] {
        City::insert().values((City::id.set(id), City::country.set(country.map(str::to_owned)))).execute(&db).await?;
    }
    Flag::insert().values((Flag::country.set("it's"), Flag::colors.set("gwr"))).execute(&db).await?;
    let countries: Vec<(Country, Vec<City>, Option<Flag>)> = Country::query()
        .with(Country::cities().order_by(City::id))
        .with(Country::flag())
        .order_by(Country::code)
        .fetch_all(&db)
        .await?;
    let found: Vec<_> =
        countries.iter().map(|(country, cities, flag)| (country.code.as_str(), cities.len(), flag.is_some())).collect();
    assert_eq!(found, [("at", 2, false), ("de", 0, false), ("it's", 1, true)]);
    let cities: Vec<(City, Option<Country>)> =
        City::query().with(City::of_country()).order_by(City::id).fetch_all(&db).await?;
    let found: Vec<_> = cities.iter().map(|(_, country)| country.as_ref().map(|c| c.code.as_str())).collect();
    assert_eq!(found, [Some("at"), Some("it's"), None, Some("at")]);
    Ok(())
}

#[tokio::test]
async fn the_rows_of_the_query_itself_are_counted() -> Result {
    let db = filled().await?;
    let count = counter();
    let users = User::query().with(User::posts().with(Post::comments())).filter(User::id.gt(1)).order_by(User::id);
    assert_eq!(users.clone().count(Counted(&db, count)).await?, 3);
    assert!(users.clone().exists(Counted(&db, count)).await?);
    assert_eq!(count.load(SeqCst), 2);
    assert_eq!(users.clone().limit(2).count(&db).await?, 2);
    assert_eq!(users.limit(2).fetch_all(&db).await?.len(), 2);
    let nobody = User::query().with(User::posts()).filter(User::id.gt(9));
    assert_eq!((nobody.clone().count(&db).await?, nobody.exists(&db).await?), (0, false));
    Ok(())
}
