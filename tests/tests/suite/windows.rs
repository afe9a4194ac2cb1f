//! Window functions.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::model::*;

#[tokio::test]
async fn ranks() -> Result {
    let db = filled().await?;
    let by_age = window().order_by(User::age.desc().nulls_last());
    let rows: Vec<(String, i64, i64, i64, i64)> = User::query()
        .select((
            User::name,
            row_number().over(window().order_by((User::age.desc().nulls_last(), User::id))),
            rank().over(by_age),
            dense_rank().over(by_age),
            ntile(2).over(window().order_by(User::id)),
        ))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    let name = |name: &str| name.to_owned();
    assert_eq!(
        rows,
        [(name("Ann"), 1, 1, 1, 1), (name("Bob"), 2, 2, 2, 1), (name("Cid"), 4, 4, 3, 2), (name("Dan"), 3, 2, 2, 2)]
    );
    Ok(())
}

#[tokio::test]
async fn ranks_as_parts_of_one() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(User::id);
    let rows: Vec<(f64, f64)> = User::query()
        .select((percent_rank().over(by_id), cume_dist().over(by_id)))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    let expected = [(0.0, 0.25), (1.0 / 3.0, 0.5), (2.0 / 3.0, 0.75), (1.0, 1.0)];
    for ((rank, dist), (expected_rank, expected_dist)) in rows.into_iter().zip(expected) {
        assert!((rank - expected_rank).abs() < 1e-12, "{rank}");
        assert!((dist - expected_dist).abs() < 1e-12, "{dist}");
    }
    Ok(())
}

#[tokio::test]
async fn partitions() -> Result {
    let db = filled().await?;
    let best_first = partition_by(Post::category).order_by(Post::views.desc());
    let rows = Post::query()
        .select((Post::id, row_number().over(best_first), Post::views.max().over(partition_by(Post::category))))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let expected =
        [(1, 2, Some(700)), (2, 2, Some(150)), (3, 1, Some(150)), (4, 1, Some(700)), (5, 1, Some(0)), (6, 1, Some(5))];
    assert_eq!(rows, expected);
    let by_two = partition_by((Post::category, Post::author_id));
    let counts = Post::query().select(count_star().over(by_two)).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(counts, [1; 6]);
    Ok(())
}

#[tokio::test]
async fn other_rows() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(Post::id);
    let all = by_id.rows_between(unbounded(), unbounded());
    let rows: Vec<(Option<i64>, Option<i64>, Option<String>, Option<i64>, Option<i64>)> = Post::query()
        .select((
            Post::views.lag(1).over(by_id),
            Post::views.lead(2).over(by_id),
            Post::title.first_value().over(by_id),
            Post::views.last_value().over(all),
            Post::views.nth_value(2).over(by_id),
        ))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let title = Some("AI and you".to_owned());
    assert_eq!(rows[0], (None, Some(150), title.clone(), Some(5), None));
    assert_eq!(rows[1], (Some(300), Some(700), title.clone(), Some(5), Some(20)));
    assert_eq!(rows[5], (Some(0), None, title, Some(5), Some(20)));
    let growth = Post::views - Post::views.lag(1).over(by_id);
    let rows: Vec<Option<i64>> = Post::query().select(growth).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(rows, [None, Some(-280), Some(130), Some(550), Some(-700), Some(5)]);
    Ok(())
}

#[needs(LagDefault)]
#[tokio::test]
async fn defaults_of_other_rows() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(Post::id);
    let rows: Vec<(i64, i64, Option<f64>)> = Post::query()
        .select((
            Post::views.lag_or(1, 7).over(by_id),
            Post::views.lead_or(1, Post::id).over(by_id),
            Post::discount.lag_or(1, 9.5).over(by_id),
        ))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    assert_eq!((rows[0], rows[2], rows[5]), ((7, 20, Some(9.5)), (20, 700, None), (0, 6, Some(0.0))));
    Ok(())
}

#[tokio::test]
async fn aggregates_over_windows() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(Post::id);
    let rows: Vec<(Option<i64>, Option<f64>, i64, i64, Option<f64>)> = Post::query()
        .select((
            Post::views.sum().over(by_id),
            Post::views.avg().over(window()),
            Post::discount.count().over(by_id),
            count_star().over(window()),
            Post::discount.sum().over(by_id),
        ))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let average = Some(1175.0 / 6.0);
    assert_eq!(rows[0], (Some(300), average, 1, 6, Some(0.5)));
    assert_eq!(rows[5], (Some(1175), average, 3, 6, Some(0.75)));
    let active: Vec<Option<bool>> = User::query()
        .select(User::is_active.min().over(partition_by(User::age)))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(active, [Some(true), Some(false), Some(true), Some(false)]);
    Ok(())
}

#[tokio::test]
async fn filters_inside_of_windows() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(Post::id);
    let rows: Vec<(i64, Option<i64>, Option<f64>)> = Post::query()
        .select((
            count_star().filter(Post::views.gt(100)).over(by_id),
            Post::views.sum().filter(Post::category.eq("tech")).over(by_id),
            Post::views.avg().filter(Post::views.gt(100)).over(window()),
        ))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    let average = Some(1150.0 / 3.0);
    assert_eq!(rows[0], (1, Some(300), average));
    assert_eq!(rows[3], (3, Some(1000), average));
    Ok(())
}

#[tokio::test]
async fn frames() -> Result {
    let db = filled().await?;
    let by_id = window().order_by(Post::id);
    let around = by_id.rows_between(preceding(1), following(1));
    let before = by_id.rows_between(preceding(2), preceding(1));
    let after = by_id.rows_between(following(1), unbounded());
    let rows: Vec<(Option<i64>, Option<i64>, i64)> = Post::query()
        .select((Post::views.sum().over(around), Post::views.sum().over(before), count_star().over(after)))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0], (Some(320), None, 5));
    assert_eq!(rows[2], (Some(870), Some(320), 3));
    assert_eq!(rows[5], (Some(5), Some(700), 0));
    let near = window().order_by(Post::views).range_between(preceding(20), current_row());
    // Where NULLs sort costs no second key where they sort so anyway.
    let near_float = window().order_by(Post::discount.desc().nulls_last()).range_between(preceding(0), current_row());
    let peers = window().order_by((Post::category, Post::author_id)).range_between(current_row(), current_row());
    let rows = Post::query()
        .select((count_star().over(near), count_star().over(near_float), count_star().over(peers)))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [(1, 1, 1), (3, 3, 1), (1, 1, 1), (1, 3, 1), (1, 1, 1), (2, 3, 1)]);
    Ok(())
}

#[needs(GroupsFrames)]
#[tokio::test]
async fn frames_of_groups() -> Result {
    let db = filled().await?;
    let groups = window().order_by(Post::category).groups_between(preceding(1), current_row());
    let rows = Post::query().select((Post::category, count_star().over(groups))).order_by(Post::id);
    let rows: Vec<i64> = rows.fetch_all(&db).await?.into_iter().map(|row| row.1).collect();
    assert_eq!(rows, [4, 3, 3, 4, 1, 3]);
    Ok(())
}

#[needs(FrameExclusion)]
#[tokio::test]
async fn rows_that_a_frame_leaves_out() -> Result {
    let db = filled().await?;
    let all = window().order_by(Post::category).rows_between(unbounded(), unbounded());
    let rows = Post::query()
        .select((
            count_star().over(all.exclude_current_row()),
            count_star().over(all.exclude_group()),
            count_star().over(all.exclude_ties()),
        ))
        .order_by(Post::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(rows, [(5, 4, 5), (5, 4, 5), (5, 4, 5), (5, 4, 5), (5, 5, 6), (5, 5, 6)]);
    Ok(())
}

#[tokio::test]
async fn over_groups() -> Result {
    let db = filled().await?;
    let rows: Vec<(String, i64, Option<i64>, i64)> = Post::query()
        .group_by(Post::category)
        .select((
            Post::category,
            count_star(),
            count_star().sum().over(window().order_by(Post::category)),
            rank().over(window().order_by(Post::views.sum().desc())),
        ))
        .order_by(Post::category)
        .fetch_all(&db)
        .await?;
    let category = |name: &str| name.to_owned();
    assert_eq!(
        rows,
        [
            (category("ads"), 1, Some(1), 4),
            (category("food"), 2, Some(3), 2),
            (category("tech"), 2, Some(5), 1),
            (category("wood"), 1, Some(6), 3)
        ]
    );
    // All rows as one group.
    let row = Post::query().select((count_star(), count_star().sum().over(window()))).fetch_one(&db).await?;
    assert_eq!(row, (6, Some(6)));
    Ok(())
}

#[tokio::test]
async fn order_by_a_window_function() -> Result {
    let db = filled().await?;
    let newest_of_each = row_number().over(partition_by(Post::category).order_by(Post::id.desc()));
    let ids = Post::query().select(Post::id).order_by((newest_of_each, Post::id)).fetch_all(&db).await?;
    assert_eq!(ids, [3, 4, 5, 6, 1, 2]);
    let whole = Post::query().order_by(row_number().over(window().order_by(Post::views))).limit(1);
    assert_eq!(whole.fetch_one(&db).await?.id, 5);
    Ok(())
}

#[tokio::test]
async fn distinct_rows_with_windows() -> Result {
    let db = filled().await?;
    let per_category = count_star().over(partition_by(Post::category));
    let rows = Post::query()
        .distinct()
        .select((Post::category, per_category))
        .order_by((per_category.desc(), Post::category))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [2, 2, 1, 1]);
    Ok(())
}

#[tokio::test]
async fn windows_over_a_join() -> Result {
    let db = filled().await?;
    let rows: Vec<(String, Option<i64>, i64)> = User::query()
        .left_join::<Post>()
        .on(User::posts())
        .select((User::name, Post::id, Post::id.count().over(partition_by(User::id))))
        .order_by((User::id, Post::id))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.iter().map(|row| row.2).collect::<Vec<_>>(), [2, 2, 2, 2, 0, 2, 2]);
    // A count of all rows beside a page of them.
    let page = Post::query().select((Post::id, count_star().over(window()))).order_by(Post::id).page(2, 2);
    assert_eq!(page.clone().fetch_all(&db).await?, [(3, 6), (4, 6)]);
    assert_eq!(page.count(&db).await?, 2);
    Ok(())
}

/// What SQL names in WINDOW is a value here, used as often as one likes.
#[tokio::test]
async fn named_windows() -> Result {
    let db = filled().await?;
    let author = partition_by(Post::author_id);
    let seen_most = author.order_by(Post::views.desc());
    let rows = Post::query()
        .select((
            Post::title,
            count_star().over(author),
            row_number().over(seen_most),
            Post::title.lag(1).over(seen_most),
        ))
        .order_by(Post::id)
        .limit(3);
    let row = |title: &str, place, before: Option<&str>| (title.to_owned(), 2, place, before.map(str::to_owned));
    let expected =
        [row("AI and you", 1, None), row("Bread", 2, Some("AI and you")), row("Cheese", 2, Some("Databases"))];
    assert_eq!(rows.fetch_all(&db).await?, expected);
    Ok(())
}
