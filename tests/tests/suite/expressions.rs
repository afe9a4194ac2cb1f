//! Functions and operators.

use chrono::{DateTime, Utc};
use mizzle::{dialect::DialectKind, prelude::*};
use mizzle_tests::{Result, needs};

use super::model::*;
use crate::D;

/// What an expression is for the first post or user.
macro_rules! first {
    ($db:expr, $table:ident, $expression:expr) => {
        $table::query().filter($table::id.eq(1)).select($expression).fetch_one($db).await?
    };
}

#[tokio::test]
async fn arithmetic() -> Result {
    let db = &filled().await?;
    let views = Post::views;
    assert_eq!(first!(db, Post, (views + 1, views - 1, views * 2, views / 7, views % 7)), (301, 299, 600, 42, 6));
    assert_eq!(
        first!(db, Post, (1_i64 + views, 1000_i64 - views, 2_i64 * views, 900_i64 / views, 700_i64 % views)),
        (301, 700, 600, Some(3), Some(100))
    );
    assert_eq!(first!(db, Post, (-views, -(views + 1), -(-views), (-views).abs())), (-300, -301, 300, 300));
    assert_eq!(
        first!(db, Post, ((views + 1) * 2, views + views * 2, views - (views - 1), views - views - 1)),
        (602, 900, 1, -1)
    );
    assert_eq!(
        first!(db, Post, (views / (views / 3), views / views / 3, views % (views % 7 + 1))),
        (Some(3), Some(0), Some(6))
    );
    assert_eq!(
        first!(db, Post, (Post::discount * 2.0, 1.0 - Post::discount, Post::discount / 0.25)),
        (Some(1.0), Some(0.5), Some(2.0))
    );
    assert_eq!(first!(db, User, (User::age + 1, User::age * User::age)), (Some(42), Some(1681)));
    assert_eq!(first!(db, Post, (-views / 7, -views % 7)), (-42, -6));
    let rows = User::query().select((User::age * 2, User::age + 1)).order_by(User::id).fetch_all(db).await?;
    assert_eq!(rows[2], (None, None));
    Ok(())
}

#[needs(NullQuotients)]
#[tokio::test]
async fn division_by_zero_is_null() -> Result {
    let db = &filled().await?;
    let rows: Vec<(Option<i64>, Option<i64>)> = Post::query()
        .select((Post::views / (Post::id - 1), 7_i64 % (Post::id - 1)))
        .order_by(Post::id)
        .fetch_all(db)
        .await?;
    assert_eq!(rows[..3], [(None, None), (Some(20), Some(0)), (Some(75), Some(1))]);
    assert_eq!(first!(db, Post, Post::discount / 0.0), None);
    let update = Post::update().set(Post::views.set((Post::id / 0).coalesce(-1))).filter(Post::id.eq(1));
    // MySQL and MariaDB are strict where something is written.
    assert_eq!(update.execute(db).await.is_ok(), D::KIND == DialectKind::Sqlite);
    Ok(())
}

#[needs(!NullQuotients)]
#[tokio::test]
async fn division_by_zero_is_an_error() -> Result {
    let db = &filled().await?;
    for divisor in [0, 1] {
        let rows = Post::query().select((Post::views / (Post::id - divisor), 7_i64 % (Post::id - divisor)));
        let rows = rows.fetch_all(db).await;
        assert_eq!(rows.is_err(), divisor == 1, "{rows:?}");
    }
    assert!(Post::query().select(Post::discount / 0.0).fetch_all(db).await.is_err());
    Ok(())
}

#[tokio::test]
async fn text() -> Result {
    let db = &filled().await?;
    let title = Post::title;
    assert_eq!(first!(db, Post, (title.upper(), title.lower())), ("AI AND YOU".into(), "ai and you".into()));
    assert_eq!(first!(db, Post, (title.length(), title.concat("?").length())), (10, 11));
    assert_eq!(
        first!(db, Post, (title.replace("and", "or"), title.substring(4, 3))),
        ("AI or you".into(), "and".into())
    );
    assert_eq!(first!(db, Post, (value("  x ").trim(), value("a").concat(title))), ("x".into(), "aAI and you".into()));
    assert_eq!(first!(db, Post, title.replace(" ", "").concat("-").concat(Post::category)), "AIandyou-tech");
    assert!(first!(db, Post, title.concat(Post::category).eq("AI and youtech")));
    assert_eq!(first!(db, Post, value("Äpfel-Straße").length()), 12);
    assert_eq!(
        first!(db, Post, (value("Äpfel").substring(2, 3), value("Straße").substring(4, 3))),
        ("pfe".into(), "aße".into())
    );
    let rows = Comment::query().select(Comment::body.upper().concat("!")).order_by(Comment::id).fetch_all(db).await?;
    assert_eq!(rows, [Some("FIRST!".into()), Some("SECOND!".into()), None, Some("FAST!".into())]);
    Ok(())
}

#[tokio::test]
async fn conversions() -> Result {
    let db = &filled().await?;
    let row: (String, f64, i64, i16) = first!(
        db,
        Post,
        (
            Post::views.cast::<String>(),
            Post::views.cast::<f64>() / 8.0,
            value("12").cast::<i64>(),
            Post::views.cast::<i16>()
        )
    );
    assert_eq!(row, ("300".into(), 37.5, 12, 300));
    assert_eq!(
        first!(db, Post, (Post::discount.cast::<i64>(), value(-2.9_f64).cast::<i64>())),
        (Some(0), if D::KIND == DialectKind::Sqlite { -2 } else { -3 })
    );
    assert_eq!(
        first!(db, User, (User::is_active.cast::<i64>() + 1, User::age.cast::<String>())),
        (2, Some("41".into()))
    );
    assert_eq!(first!(db, User, (User::is_active.cast::<i16>(), value(0.1_f32).cast::<i32>())), (1, 0));
    assert_eq!(
        first!(db, Post, (value(2.345_f64).round(2), value(2.6_f64).round(0), value(7_i64).round(1))),
        (2.35, 3.0, 7.0)
    );
    Ok(())
}

#[tokio::test]
async fn null_and_its_stand_ins() -> Result {
    let db = &filled().await?;
    let rows: Vec<(i32, Option<i32>, Option<i64>, i64)> = User::query()
        .select((
            User::age.coalesce(-1),
            User::age.null_if(29),
            User::manager_id.coalesce(User::manager_id),
            User::manager_id.coalesce(User::id),
        ))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    assert_eq!(rows, [(41, Some(41), None, 1), (29, None, Some(1), 1), (-1, None, Some(1), 1), (29, None, Some(2), 2)]);
    Ok(())
}

/// Nothing around these values says what they are.
#[tokio::test]
async fn values_of_their_own_have_their_type() -> Result {
    let db = &filled().await?;
    let is_first = User::id.eq(1);
    let number = case_when(is_first, 9_007_199_254_740_993_i64).otherwise(0);
    assert_eq!(
        first!(db, User, (number + 1, number % 2, -number, number.abs())),
        (9_007_199_254_740_994, 1, -9_007_199_254_740_993, 9_007_199_254_740_993)
    );
    assert_eq!(
        first!(db, User, (number.sum(), number.max())),
        (Some(9_007_199_254_740_993), Some(9_007_199_254_740_993))
    );
    assert_eq!(first!(db, User, (value(2_i64).sum().filter(is_first), value(-5_i64).abs())), (Some(2), 5));
    assert_eq!(first!(db, User, case_when(is_first, "x").otherwise("y").max()), Some("x".to_owned()));
    assert_eq!(first!(db, User, case_when(is_first, true).otherwise(false).max()), Some(true));
    assert_eq!(first!(db, User, value(vec![1_u8, 255])), [1, 255]);
    Ok(())
}

/// Text that is in no column, with the collation of a column, is compared character by character as well.
#[tokio::test]
async fn text_is_the_same_only_if_it_is_equal() -> Result {
    let db = &filled().await?;
    let word = case_when(User::id.eq(1), "a").when(User::id.eq(2), "A").otherwise("a ");
    assert_eq!(User::query().distinct().select(word).fetch_all(db).await?.len(), 3);
    assert_eq!(first!(db, User, (value("a").eq("A"), value("a").in_(["A"]), word.eq("a"))), (false, false, true));
    assert!(!first!(db, User, User::id.cast::<String>().concat("x").eq("1X")));
    Ok(())
}

#[tokio::test]
async fn cases() -> Result {
    let db = &filled().await?;
    let rows: Vec<(String, Option<String>, Option<i32>)> = User::query()
        .select((
            case(User::id).when(1, "first").when(User::manager_id, "own boss").otherwise(User::name),
            case_when(User::age.gt(40), "old").when(User::age.gt(20), User::name).end(),
            case_when(User::id.eq(1), 0).otherwise(User::age),
        ))
        .order_by(User::id)
        .fetch_all(db)
        .await?;
    assert_eq!(rows[0], ("first".into(), Some("old".into()), Some(0)));
    assert_eq!(rows[1], ("Bob".into(), Some("Bob".into()), Some(29)));
    assert_eq!(rows[2], ("Cid".into(), None, None));
    let whole: Vec<i64> = User::query()
        .select(case_when(User::age.is_null(), 0).when(User::is_active, 1).otherwise(2))
        .order_by(User::id)
        .fetch_all(db)
        .await?
        .into_iter()
        .map(i64::from)
        .collect();
    assert_eq!(whole, [1, 1, 0, 2]);
    let never_null: Vec<i32> =
        User::query().select(case(User::age).when(29, 1).otherwise(2)).order_by(User::id).fetch_all(db).await?;
    assert_eq!(never_null, [2, 1, 2, 1]);
    let sorted = User::query().order_by((case(User::name).when("Cid", 0).otherwise(1).asc(), User::id.asc()));
    assert_eq!(sorted.fetch_one(db).await?.name, "Cid");
    Ok(())
}

#[tokio::test]
async fn the_current_moment() -> Result {
    let db = &filled().await?;
    let moment: DateTime<Utc> = first!(db, User, now());
    assert!((Utc::now() - moment).num_seconds().abs() < 5);
    assert_eq!(User::query().filter(User::created_at.le(now())).count(db).await?, 4);
    assert_eq!(
        User::query().filter(User::created_at.gt(Utc::now() - chrono::TimeDelta::minutes(1))).count(db).await?,
        4
    );
    Ok(())
}

#[needs(!Sqlite)]
#[tokio::test]
async fn moments_are_in_utc_whatever_the_zone_of_the_session() -> Result {
    use mizzle_tests::TestDatabase as _;
    let db = &filled().await?;
    let zone = |offset: &str| match D::KIND {
        DialectKind::Postgres => format!("SET TIME ZONE INTERVAL '{offset}' HOUR TO MINUTE"),
        _ => format!("SET time_zone = '{offset}'"),
    };
    let at = DateTime::from_timestamp_micros(1_714_566_600_250_001).ok_or("no such moment")?;
    User::update().set(User::created_at.set(at)).filter(User::id.eq(1)).execute(db).await?;
    db.run(&zone("+09:00")).await?;
    let (stored, moment) = first!(db, User, (User::created_at, now()));
    assert_eq!(stored, at);
    assert!((Utc::now() - moment).num_seconds().abs() < 5, "{moment}");
    User::update().set(User::created_at.set(stored)).filter(User::created_at.eq(at)).execute(db).await?;
    db.run(&zone("+00:00")).await?;
    assert_eq!(User::query().filter(User::created_at.eq(at)).count(db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn plain_values_of_all_kinds() -> Result {
    let db = &filled().await?;
    let row = first!(
        db,
        User,
        (value(true), value(1_i16), value(2_i32), value(3_i64), value(0.5), value("x"), value(vec![0_u8, 255]))
    );
    assert_eq!(row, (true, 1, 2, 3, 0.5, "x".to_owned(), vec![0, 255]));
    let date = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).ok_or("no such date")?;
    assert_eq!(first!(db, User, (value(date), value(uuid::Uuid::nil()))), (date, uuid::Uuid::nil()));
    Ok(())
}
