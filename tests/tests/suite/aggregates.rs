//! Aggregate functions.

use chrono::{DateTime, Utc};
use mizzle::{Error, prelude::*};
use mizzle_tests::{Result, needs};
use proptest::prelude::*;

use super::{database, model::*, strategies::holds};
use crate::Db;

#[tokio::test]
async fn over_all_rows() -> Result {
    let db = filled().await?;
    let row: (i64, i64, i64, Option<i64>, Option<f64>, Option<i32>, Option<i32>) = User::query()
        .select((
            count_star(),
            User::age.count(),
            User::age.count_distinct(),
            User::age.sum(),
            User::age.avg(),
            User::age.min(),
            User::age.max(),
        ))
        .fetch_one(&db)
        .await?;
    assert_eq!(row, (4, 3, 2, Some(99), Some(33.0), Some(29), Some(41)));
    Ok(())
}

#[tokio::test]
async fn over_distinct_values() -> Result {
    let db = filled().await?;
    let row =
        User::query().select((User::age.sum().distinct(), User::age.avg().distinct(), User::age.count().distinct()));
    assert_eq!(row.fetch_one(&db).await?, (Some(70), Some(35.0), 2));
    Ok(())
}

#[tokio::test]
async fn over_some_rows() -> Result {
    let db = filled().await?;
    let row = Post::query().select((
        count_star().filter(Post::views.gt(100)),
        Post::views.sum().filter(Post::category.eq("food").and(Post::discount.is_null())),
        Post::views.max().filter(Post::category.eq("none")),
        Post::category.count().distinct().filter(Post::id.lt(5)),
        Post::id.count().filter(Post::discount.gt(0.1)),
    ));
    assert_eq!(row.fetch_one(&db).await?, (3, Some(20), None, 2, 2));
    Ok(())
}

#[tokio::test]
async fn inside_of_expressions() -> Result {
    let db = filled().await?;
    let row = Post::query().select((
        Post::views.sum() / count_star(),
        Post::views.max() - Post::views.min(),
        Post::views.sum().coalesce(0) + 1,
        case_when(count_star().gt(5), "many").otherwise("few"),
        (Post::views * 2).sum(),
        Post::title.length().max(),
    ));
    assert_eq!(row.fetch_one(&db).await?, (Some(195), Some(700), 1176, "many".to_owned(), Some(2350), Some(10)));
    Ok(())
}

#[tokio::test]
async fn smallest_and_largest_keep_their_type() -> Result {
    let db = filled().await?;
    let (first, last): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) =
        User::query().select((User::created_at.min(), User::created_at.max())).fetch_one(&db).await?;
    assert!(first <= last && first.is_some());
    assert_eq!(User::query().select(User::name.max()).fetch_one(&db).await?.as_deref(), Some("Dan"));
    Ok(())
}

#[tokio::test]
async fn the_smallest_bool_is_whether_all_are_true() -> Result {
    let db = filled().await?;
    let active = User::is_active;
    let all = User::query().select((active.min(), active.max(), active.min().distinct()));
    assert_eq!(all.fetch_one(&db).await?, (Some(false), Some(true), Some(false)));
    let some = User::query().select((
        active.min().filter(User::id.lt(4)),
        active.max().filter(User::id.eq(4)),
        active.max().filter(User::id.gt(4)),
        active.min().coalesce(true),
    ));
    assert_eq!(some.fetch_one(&db).await?, (Some(true), Some(false), None, false));
    let none = User::query().filter(User::id.gt(4)).select((active.min(), active.max()));
    assert_eq!(none.fetch_one(&db).await?, (None, None));
    let groups = User::query().group_by(User::age).having(active.min()).select((User::age, active.min(), active.max()));
    assert_eq!(
        groups.order_by(User::age.desc().nulls_last()).fetch_all(&db).await?,
        [(Some(41), Some(true), Some(true)), (None, Some(true), Some(true)),]
    );
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[table(insert = NewSample)]
struct Sample {
    #[column(primary_key)]
    id: i64,
    small: i16,
    single: f32,
}

#[tokio::test]
async fn sums_are_wider_than_what_they_add() -> Result {
    let db = database(&mizzle::schema! { Sample }).await?;
    for id in 0..4 {
        let row = (Sample::id.set(id), Sample::small.set(i16::MAX), Sample::single.set(0.1));
        Sample::insert().values(row).execute(&db).await?;
    }
    let sums: (Option<i64>, Option<f64>, Option<i16>) =
        Sample::query().select((Sample::small.sum(), Sample::single.sum(), Sample::small.max())).fetch_one(&db).await?;
    assert_eq!((sums.0, sums.2), (Some(131_068), Some(i16::MAX)));
    assert!(sums.1.is_some_and(|sum| (sum - 0.4).abs() < 1e-6));
    Sample::update().set(Sample::id.set(i64::MAX - Sample::id)).all_rows().execute(&db).await?;
    let overflow = Sample::query().select(Sample::id.sum()).fetch_one(&db).await;
    assert!(matches!(overflow, Err(Error::Database(_) | Error::Decode(_))), "{overflow:?}");
    Ok(())
}

/// One more than 16,777,216 is no `f32`.
#[tokio::test]
async fn sums_of_single_floats_are_doubles() -> Result {
    let db = database(&mizzle::schema! { Sample }).await?;
    let rows = (0..10).map(|id| NewSample::new(id, 0, if id == 0 { 16_777_216.0 } else { 1.0 }));
    Sample::insert().rows(rows).execute(&db).await?;
    let sum = Sample::single.sum();
    let sums = Sample::query().select((sum, sum.distinct(), sum.filter(Sample::id.lt(2)))).fetch_one(&db).await?;
    assert_eq!(sums, (Some(16_777_225.0), Some(16_777_217.0), Some(16_777_217.0)));
    Ok(())
}

/// Stores these numbers, and compares their averages with those that Rust finds.
async fn averages(db: &Db, numbers: Vec<i16>) -> Result {
    Sample::delete().all_rows().execute(db).await?;
    let rows = numbers.iter().zip(0..).map(|(small, id)| NewSample::new(id, *small, f32::from(*small)));
    Sample::insert().rows(rows).execute(db).await?;
    let average = |numbers: Vec<i16>| {
        let sum: i64 = numbers.iter().copied().map(i64::from).sum();
        (!numbers.is_empty()).then(|| sum as f64 / numbers.len() as f64)
    };
    let mut distinct = numbers.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let is_positive = |small: &i16| *small > 0;
    let expected = [
        average(numbers.clone()),
        average(distinct.clone()),
        average(numbers.iter().copied().filter(is_positive).collect()),
        average(distinct.into_iter().filter(is_positive).collect()),
        average(numbers),
    ];
    let small = Sample::small;
    let row = Sample::query().select((
        small.avg(),
        small.avg().distinct(),
        small.avg().filter(small.gt(0)),
        small.avg().distinct().filter(small.gt(0)),
        Sample::single.avg(),
    ));
    let (all, distinct, some, some_distinct, floats) = row.fetch_one(db).await?;
    for (found, expected) in [all, distinct, some, some_distinct, floats].into_iter().zip(expected) {
        let exact = match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() <= expected.abs() * 1e-12,
            (found, expected) => found == expected,
        };
        assert!(exact, "{found:?}, not {expected:?}");
    }
    Ok(())
}

#[test]
fn averages_are_as_exact_as_floats() -> Result {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let db = runtime.block_on(database(&mizzle::schema! { Sample }))?;
    runtime.block_on(averages(&db, vec![1, 1, 2]))?;
    let numbers = proptest::collection::vec(prop_oneof![-3..4_i16, any::<i16>()], 0..20);
    holds(&runtime, 100, &numbers, |numbers| averages(&db, numbers))
}

#[tokio::test]
async fn of_bools_and_of_any_row() -> Result {
    let db = filled().await?;
    let row: (Option<bool>, Option<bool>, Option<i32>) = User::query()
        .filter(User::age.eq(29))
        .select((User::is_active.bool_and(), User::is_active.bool_or(), User::age.any_value()))
        .fetch_one(&db)
        .await?;
    assert_eq!(row, (Some(false), Some(true), Some(29)));
    let none = User::query().filter(User::id.gt(4)).select((User::is_active.bool_and(), User::name.any_value()));
    assert_eq!(none.fetch_one(&db).await?, (None, None));
    Ok(())
}

#[tokio::test]
async fn texts_as_one() -> Result {
    let db = filled().await?;
    let rows: Vec<(String, Option<String>)> = Post::query()
        .group_by(Post::category)
        .select((Post::category, Post::title.string_agg(" 'n' ").order_by((Post::views.desc(), Post::id))))
        .order_by(Post::category)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[1].1.as_deref(), Some("Cheese 'n' Bread"));
    assert_eq!(rows[2].1.as_deref(), Some("Databases 'n' AI and you"));
    let all = Post::query().filter(Post::id.le(1)).select(Post::title.upper().string_agg(r"\"));
    assert_eq!(all.fetch_one(&db).await?.as_deref(), Some("AI AND YOU"));
    let bodies = Comment::query().select(Comment::body.string_agg(",").order_by(Comment::id));
    assert_eq!(bodies.fetch_one(&db).await?.as_deref(), Some("first,second,fast"));
    let none = Post::query().filter(Post::id.gt(9)).select(Post::title.string_agg(", "));
    assert_eq!(none.fetch_one(&db).await?, None);
    Ok(())
}

#[tokio::test]
async fn values_as_json() -> Result {
    let db = filled().await?;
    let ids = User::query().filter(User::id.eq(2)).select(User::id.json_agg()).fetch_one(&db).await?;
    assert_eq!(ids, Some(Json(vec![Some(2)])));
    let some = User::query().filter(User::id.eq(3)).select((User::age.json_agg(), User::name.json_agg()));
    assert_eq!(some.fetch_one(&db).await?, (Some(Json(vec![None])), Some(Json(vec![Some("Cid".to_owned())]))));
    Ok(())
}

#[needs(OrderedJsonAggregates)]
#[tokio::test]
async fn values_as_sorted_json() -> Result {
    let db = filled().await?;
    let names = User::query().select(User::name.json_agg().order_by(User::name.desc())).fetch_one(&db).await?;
    assert_eq!(names, Some(Json(["Dan", "Cid", "Bob", "Ann"].map(|name| Some(name.to_owned())).to_vec())));
    Ok(())
}

#[needs(ArrayAggregates)]
#[tokio::test]
async fn values_as_an_array() -> Result {
    let db = filled().await?;
    let row: (Option<Vec<String>>, Option<Vec<i32>>) = User::query()
        .select((User::name.array_agg().order_by(User::name.desc()), User::age.array_agg().order_by(User::id)))
        .fetch_one(&db)
        .await?;
    let names = ["Dan", "Cid", "Bob", "Ann"].map(str::to_owned);
    assert_eq!(row, (Some(names.to_vec()), Some(vec![41, 29, 29])));
    let none = User::query().filter(User::id.eq(3)).select(User::age.array_agg());
    assert_eq!(none.fetch_one(&db).await?, None);
    Ok(())
}

#[needs(Statistics)]
#[tokio::test]
async fn variances() -> Result {
    let db = filled().await?;
    let row: (Option<f64>, Option<f64>, Option<f64>, Option<f64>) = User::query()
        .select((User::age.var_pop(), User::age.var_samp(), User::age.stddev_pop(), User::id.stddev_samp()))
        .fetch_one(&db)
        .await?;
    let near = |value: Option<f64>, expected: f64| assert!((value.unwrap() - expected).abs() < 1e-9, "{value:?}");
    near(row.0, 32.0);
    near(row.1, 48.0);
    near(row.2, 32f64.sqrt());
    near(row.3, (5.0 / 3.0f64).sqrt());
    let so_far = User::query().select(User::age.var_pop().over(window().order_by(User::id))).order_by(User::id);
    assert_eq!(so_far.fetch_all(&db).await?[..3], [Some(0.0), Some(36.0), Some(36.0)]);
    let one = User::query().filter(User::id.eq(1)).select((User::age.var_samp(), User::age.var_pop()));
    assert_eq!(one.fetch_one(&db).await?, (None, Some(0.0)));
    Ok(())
}

#[needs(BitAggregates)]
#[tokio::test]
async fn bits() -> Result {
    let db = filled().await?;
    let row: (Option<i64>, Option<i64>) =
        User::query().select((User::age.bit_and(), (-User::id).bit_or())).fetch_one(&db).await?;
    assert_eq!(row, (Some(41 & 29), Some(-1)));
    Ok(())
}

#[needs(OrderedSetAggregates)]
#[tokio::test]
async fn percentiles() -> Result {
    let db = filled().await?;
    let row: (Option<f64>, Option<i64>, Option<String>) = Post::query()
        .select((Post::views.percentile_cont(0.5), Post::views.percentile_disc(0.5), Post::category.mode()))
        .fetch_one(&db)
        .await?;
    assert_eq!(row, (Some(85.0), Some(20), Some("food".to_owned())));
    Ok(())
}
