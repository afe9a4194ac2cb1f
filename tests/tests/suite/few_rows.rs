//! Few rows and what belongs to them, which PostgreSQL finds by one statement, as what is loaded for many.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use mizzle::prelude::*;
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    model::*,
    recorded::Recorded,
    through::{self, Group, Person},
};
use crate::D;

/// Each row, by its key, and some rows at once, with what belongs to them, as what is loaded for all: on PostgreSQL by
/// one statement.
macro_rules! same_as_of_all {
    ($db:ident, $table:ident, $with:expr) => {
        let query = || $table::query().with($with).order_by($table::id);
        let all = query().fetch_all(&$db).await?;
        for id in 1..=9 {
            let of_one = || query().filter($table::id.eq(id));
            let expected = of_one().fetch_all(&$db).await?.into_iter().next();
            let count = counter();
            assert_eq!(of_one().fetch_optional(Counted(&$db, count)).await?, expected);
            is_one_statement(count, expected.is_some());
        }
        let (count, more) = (counter(), counter());
        assert_eq!(query().limit(50).fetch_all(Counted(&$db, count)).await?, all, "{}", stringify!($with));
        assert_eq!(query().limit(51).fetch_all(Counted(&$db, more)).await?, all);
        is_one_statement(count, true);
        assert_ne!(more.load(SeqCst), 1);
        assert_eq!(query().limit(3).offset(1).fetch_all(&$db).await?, all[1..all.len().min(4)]);
        assert_eq!(query().limit(0).fetch_all(&$db).await?, []);
    };
}

/// On PostgreSQL. Elsewhere it may be one too: a key that is NULL leads nowhere.
fn is_one_statement(count: &AtomicUsize, found: bool) {
    let sent = count.load(SeqCst);
    assert!(sent == 1 || D::SYNTAX.name != "PostgreSQL" || !found, "{sent} statements");
}

#[tokio::test]
async fn nested_and_side_by_side() -> Result {
    let db = filled().await?;
    same_as_of_all!(db, User, User::posts().order_by(Post::id));
    same_as_of_all!(db, User, User::posts().order_by(Post::id.desc()).with(Post::comments().order_by(Comment::id)));
    same_as_of_all!(db, Post, Post::author());
    same_as_of_all!(db, Comment, Comment::post().with(Post::author().with(User::manager())));
    same_as_of_all!(db, Comment, Comment::author().with(User::posts().order_by(Post::id)));
    let both = || User::posts().with(Post::comments().order_by(Comment::id)).order_by(Post::id);
    for id in 1..=4 {
        let query = || {
            let query = User::query().filter(User::id.eq(id)).with(User::employees().order_by(User::id));
            query.with(both()).with(User::manager().with(User::posts().order_by(Post::id)))
        };
        let count = counter();
        assert_eq!(vec![query().fetch_one(Counted(&db, count)).await?], query().fetch_all(&db).await?);
        is_one_statement(count, true);
    }
    Ok(())
}

#[tokio::test]
async fn some_rows_and_some_columns() -> Result {
    let db = filled().await?;
    same_as_of_all!(db, User, User::posts().filter(Post::views.gt(0)).order_by(Post::views.desc()).limit(1));
    same_as_of_all!(
        db,
        User,
        User::posts().order_by(Post::id).limit(1).offset(1).with(Post::comments().order_by(Comment::id).limit(1))
    );
    same_as_of_all!(
        db,
        User,
        User::posts()
            .select((Post::title, Post::views + 1))
            .order_by(Post::id)
            .with(Post::comments().select((Comment::body, Comment::body)).order_by(Comment::id))
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
    same_as_of_all!(db, User, User::posts().order_by(Post::id).with(Post::author()));
    same_as_of_all!(db, Post, Post::author().with(User::posts().order_by(Post::id).with(Post::author())));
    Ok(())
}

#[tokio::test]
async fn through_another_table() -> Result {
    let db = through::filled().await?;
    same_as_of_all!(db, Person, Person::groups().order_by((Group::id, through::Membership::id)));
    same_as_of_all!(db, Person, Person::led());
    same_as_of_all!(db, Person, Person::follows().order_by(Person::id));
    same_as_of_all!(
        db,
        Person,
        Person::memberships().order_by(through::Membership::id).with(through::Membership::group())
    );
    Ok(())
}

#[tokio::test]
async fn what_the_same_statement_writes() -> Result {
    when! { Postgres;
        for limit in [50, 51] {
            let db = filled().await?;
            let gone = Post::delete::<D>().filter(Post::id.eq(1)).returning(Post::all()).cte(alias!(gone));
            let posts = User::posts().select(Post::id).order_by(Post::id);
            let ann = User::query().with_cte(&gone).filter(User::id.eq(1)).with(posts).limit(limit);
            let found: Vec<(User, Vec<i64>)> = ann.fetch_all(&db).await?;
            assert_eq!(found[0].1, [2], "{limit}");
        }
    }
    Ok(())
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "few_words", has_many(uses = FewUse::word))]
struct FewWord {
    #[column(primary_key)]
    word: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "few_uses")]
struct FewUse {
    #[column(primary_key)]
    id: i64,
    #[column(references = FewWord::word)]
    word: String,
}

/// Of a key that is `C`, and of what refers to it, the collations do not go together.
#[tokio::test]
async fn keys_of_text() -> Result {
    let db = super::database(&schema! { FewWord, FewUse }).await?;
    when! { Postgres;
        for sql in [
            r#"ALTER TABLE "few_words" ALTER "word" TYPE text COLLATE "C""#,
            r#"ALTER TABLE "few_uses" ALTER "word" TYPE text COLLATE "POSIX""#,
        ] {
            mizzle_tests::TestDatabase::run(&db, sql).await?;
        }
    }
    FewWord::insert().values((FewWord::word.set("a"),)).execute(&db).await?;
    FewUse::insert().values((FewUse::id.set(1), FewUse::word.set("a"))).execute(&db).await?;
    let one = FewWord::query().with(FewWord::uses()).fetch_one(&db).await?;
    assert_eq!(one, (FewWord { word: "a".into() }, vec![FewUse { id: 1, word: "a".into() }]));
    Ok(())
}

/// An error names the column, not what it is called on the way.
#[tokio::test]
async fn a_column_that_is_null_after_all() -> Result {
    when! { Postgres;
        let db = filled().await?;
        mizzle_tests::TestDatabase::run(&db, r#"ALTER TABLE "posts" ALTER "title" DROP NOT NULL"#).await?;
        mizzle_tests::TestDatabase::run(&db, r#"UPDATE "posts" SET "title" = NULL"#).await?;
        let error = User::query().with(User::posts()).filter(User::id.eq(1)).fetch_one(&db).await.expect_err("NULL is no text");
        assert!(error.to_string().contains("(`title`)"), "{error}");
    }
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
                r#"WITH "mizzle_level" AS (SELECT array_agg(c1) AS c1, array_agg(c2) AS c2 FROM "#,
                r#"(SELECT "users"."name" AS c1, "users"."id" AS c2 FROM "users" WHERE "users"."id" = $1 LIMIT 1) AS "rows" (c1, c2)), "#,
                r#""mizzle_level_2" AS (SELECT array_agg(c1) AS c1, array_agg(c2) AS c2, array_agg(c3) AS c3, array_agg(c4) AS c4, array_agg(c5) AS c5, array_agg(c6) AS c6, array_agg(c7) AS c7 FROM (SELECT * "#,
                r#"FROM (SELECT "posts"."id" AS c1, "posts"."title" AS c2, "posts"."category" AS c3, "posts"."views" AS c4, "posts"."discount" AS c5, "posts"."author_id" AS c6, row_number() OVER (PARTITION BY "posts"."author_id" ORDER BY "posts"."id") AS c7 FROM "posts" "#,
                r#"WHERE "posts"."views" > $2 AND "posts"."author_id" = ANY(COALESCE((SELECT c2 FROM "mizzle_level" AS "parents")))) AS "numbered" WHERE c7 <= 2 ORDER BY c7) AS "rows" (c1, c2, c3, c4, c5, c6, c7)), "#,
                r#""mizzle_level_3" AS (SELECT array_agg(c1) AS c1, array_agg(c2) AS c2 FROM (SELECT "comments"."body" AS c1, "comments"."post_id" AS c2 FROM "comments" "#,
                r#"WHERE "comments"."post_id" = ANY(COALESCE((SELECT c1 FROM "mizzle_level_2" AS "parents")))) AS "rows" (c1, c2)) "#,
                r#"SELECT * FROM "mizzle_level" AS "l0", "mizzle_level_2" AS "l1", "mizzle_level_3" AS "l2""#,
            )]
        );
    }
    Ok(())
}
