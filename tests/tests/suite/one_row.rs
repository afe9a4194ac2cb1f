//! One row and what belongs to it, which PostgreSQL finds by one statement, as what is loaded for all rows.

use std::sync::atomic::Ordering::SeqCst;

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    model::*,
    recorded::Recorded,
    through::{self, Group, Person},
};
use crate::D;

/// Each row, by its key, with what belongs to it; on PostgreSQL by one statement or not.
macro_rules! same_as_of_all {
    ($db:ident, $table:ident, $with:expr, $by_one:expr) => {
        for id in 1..=9 {
            let query = || $table::query().filter($table::id.eq(id)).with($with);
            let expected = query().fetch_all(&$db).await?.into_iter().next();
            let count = counter();
            let found = query().fetch_optional(Counted(&$db, count)).await?;
            assert_eq!(found, expected);
            if D::SYNTAX.name == "PostgreSQL" && found.is_some() {
                assert_eq!(count.load(SeqCst) == 1, $by_one, "{}", stringify!($with));
            }
        }
    };
}

#[tokio::test]
async fn nested_and_side_by_side() -> Result {
    let db = filled().await?;
    same_as_of_all!(db, User, User::posts().order_by(Post::id), true);
    same_as_of_all!(
        db,
        User,
        User::posts().order_by(Post::id.desc()).with(Post::comments().order_by(Comment::id)),
        true
    );
    same_as_of_all!(db, Post, Post::author(), true);
    same_as_of_all!(db, Comment, Comment::post().with(Post::author().with(User::manager())), true);
    same_as_of_all!(db, Comment, Comment::author().with(User::posts().order_by(Post::id)), true);
    let both = || User::posts().with(Post::comments().order_by(Comment::id)).order_by(Post::id);
    for id in 1..=4 {
        let query = || {
            let query = User::query().filter(User::id.eq(id)).with(User::employees().order_by(User::id));
            query.with(both()).with(User::manager().with(User::posts().order_by(Post::id)))
        };
        let count = counter();
        assert_eq!(vec![query().fetch_one(Counted(&db, count)).await?], query().fetch_all(&db).await?);
        assert_eq!(count.load(SeqCst) == 1, D::SYNTAX.name == "PostgreSQL");
    }
    Ok(())
}

#[tokio::test]
async fn some_rows_and_some_columns() -> Result {
    let db = filled().await?;
    same_as_of_all!(db, User, User::posts().filter(Post::views.gt(0)).order_by(Post::views.desc()).limit(1), true);
    same_as_of_all!(
        db,
        User,
        User::posts().order_by(Post::id).limit(1).offset(1).with(Post::comments().order_by(Comment::id).limit(1)),
        true
    );
    same_as_of_all!(
        db,
        User,
        User::posts()
            .select((Post::title, Post::views + 1))
            .order_by(Post::id)
            .with(Post::comments().select((Comment::body, Comment::body)).order_by(Comment::id)),
        true
    );
    // Columns of one name, and the key behind them.
    let query = || {
        let query = User::query().inner_join::<Post>().on(Post::author_id.eq(User::id)).order_by(Post::id.desc());
        query
            .select((User::name, Post::id, User::id))
            .with(Post::comments().order_by(Comment::id))
            .with(User::manager())
    };
    assert_eq!(Some(query().fetch_one(&db).await?), query().fetch_all(&db).await?.into_iter().next());
    let left = || User::query().left_join::<Post>().on(Post::author_id.eq(User::id)).filter(User::id.eq(3));
    assert_eq!(
        left().with(Post::comments()).fetch_all(&db).await?,
        [left().with(Post::comments()).fetch_one(&db).await?]
    );
    Ok(())
}

#[tokio::test]
async fn rows_that_several_have() -> Result {
    let db = filled().await?;
    // Two posts have one author: that row is read for each of them.
    same_as_of_all!(db, User, User::posts().order_by(Post::id).with(Post::author()), false);
    same_as_of_all!(db, Post, Post::author().with(User::posts().order_by(Post::id).with(Post::author())), false);
    Ok(())
}

#[tokio::test]
async fn through_another_table() -> Result {
    let db = through::filled().await?;
    same_as_of_all!(db, Person, Person::groups().order_by((Group::id, through::Membership::id)), true);
    same_as_of_all!(db, Person, Person::led(), true);
    same_as_of_all!(db, Person, Person::follows().order_by(Person::id), true);
    same_as_of_all!(
        db,
        Person,
        Person::memberships().order_by(through::Membership::id).with(through::Membership::group()),
        false
    );
    Ok(())
}

#[tokio::test]
async fn its_text() -> Result {
    let db = filled().await?;
    let recorded = Recorded::new(&db);
    let posts = User::posts()
        .filter(Post::views.gt(100))
        .order_by(Post::id)
        .limit(2)
        .with(Post::comments().select(Comment::body));
    let query = User::query().filter(User::id.eq(1)).select(User::name).with(posts);
    query.fetch_one(recorded).await?;
    when! { Postgres;
        let sent = recorded.sent();
        assert_eq!(mizzle_tests::TestDatabase::prepare(&db, &sent[0]).await?, 2);
        assert_eq!(
            sent,
            [concat!(
                r#"WITH "level" AS MATERIALIZED (SELECT "users"."name" AS c1, "users"."id" AS c2 FROM "users" WHERE "users"."id" = $1 LIMIT 1), "#,
                r#""level_2" AS MATERIALIZED (SELECT * "#,
                r#"FROM (SELECT "posts"."id" AS c1, "posts"."title" AS c2, "posts"."category" AS c3, "posts"."views" AS c4, "posts"."discount" AS c5, "posts"."author_id" AS c6, row_number() OVER (PARTITION BY "posts"."author_id" ORDER BY "posts"."id") AS c7 FROM "posts" "#,
                r#"WHERE "posts"."views" > $2 AND "posts"."author_id" = ANY(ARRAY(SELECT c2 FROM "level" AS "parents"))) AS "numbered" WHERE c7 <= 2 ORDER BY c7), "#,
                r#""level_3" AS MATERIALIZED (SELECT "comments"."body" AS c1, "comments"."post_id" AS c2 FROM "comments" WHERE "comments"."post_id" = ANY(ARRAY(SELECT c1 FROM "level_2" AS "parents"))) "#,
                r#"SELECT 0, "l0".*, "l1".*, "l2".* FROM "level" AS "l0" LEFT JOIN "level_2" AS "l1" ON false LEFT JOIN "level_3" AS "l2" ON false "#,
                r#"UNION ALL SELECT 1, NULL, NULL, "l1".*, NULL, NULL FROM "level_2" AS "l1" "#,
                r#"UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "l2".* FROM "level_3" AS "l2""#,
            )]
        );
    }
    Ok(())
}
