//! ROLLUP, CUBE, GROUPING SETS.

use mizzle_tests::needs;

#[needs(Rollup)]
mod of_groups {
    use mizzle::prelude::*;
    use mizzle_tests::{Result, needs};

    use crate::suite::model::*;

    fn name(name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    #[tokio::test]
    async fn totals_of_one_key() -> Result {
        let db = filled().await?;
        let mut rows: Vec<(Option<String>, i64, Option<i64>)> = Post::query()
            .group_by(rollup(Post::category))
            .select((Post::category, count_star(), Post::views.sum()))
            .fetch_all(&db)
            .await?;
        rows.sort();
        let expected = [
            (None, 6, Some(1175)),
            (name("ads"), 1, Some(0)),
            (name("food"), 2, Some(170)),
            (name("tech"), 2, Some(1000)),
            (name("wood"), 1, Some(5)),
        ];
        assert_eq!(rows, expected);
        let large =
            Post::query().group_by(rollup(Post::category)).having(count_star().gt(2)).select(Post::category.upper());
        assert_eq!(large.fetch_all(&db).await?, [None]);
        Ok(())
    }

    #[tokio::test]
    async fn totals_of_two_keys() -> Result {
        let db = filled().await?;
        let mut rows: Vec<(Option<i64>, Option<String>, i64)> = Post::query()
            .filter(Post::author_id.lt(4))
            .group_by(rollup((Post::author_id, Post::category)))
            .select((Post::author_id, Post::category, count_star()))
            .fetch_all(&db)
            .await?;
        rows.sort();
        let expected = [
            (None, None, 4),
            (Some(1), None, 2),
            (Some(1), name("food"), 1),
            (Some(1), name("tech"), 1),
            (Some(2), None, 2),
            (Some(2), name("food"), 1),
            (Some(2), name("tech"), 1),
        ];
        assert_eq!(rows, expected);
        Ok(())
    }

    #[tokio::test]
    async fn totals_of_a_join() -> Result {
        let db = filled().await?;
        let rows = User::query()
            .left_join::<Post>()
            .on(User::posts())
            .group_by(rollup(User::name))
            .select((User::name, Post::id.count()))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows.len(), 5);
        assert!(rows.contains(&(None, 6)) && rows.contains(&(name("Cid"), 0)));
        Ok(())
    }

    #[tokio::test]
    async fn keys_that_are_null_in_totals() -> Result {
        let db = filled().await?;
        let groups = || Post::query().group_by(rollup(Post::category));
        let total = groups().having(Post::category.is_null()).select((Post::category, count_star()));
        assert_eq!(total.fetch_all(&db).await?, [(None, 6)]);
        let not = groups().having(!Post::category.is_not_null()).select((Post::category, count_star()));
        assert_eq!(not.fetch_all(&db).await?, [(None, 6)]);
        let either = Post::category.is_null().or(Post::category.is_null().eq(true)).and(count_star().gt(1));
        assert_eq!(groups().having(either).select(count_star()).fetch_all(&db).await?, [6]);
        for others in [
            groups().having(Post::category.is_not_null()),
            groups().having(!Post::category.is_null()),
            groups().having(Post::category.is_different_from(None::<String>)),
        ] {
            let mut names = others.select(Post::category).fetch_all(&db).await?;
            names.sort();
            assert_eq!(names, [name("ads"), name("food"), name("tech"), name("wood")]);
        }
        let unknown = groups().having(Post::category.eq("food").is_null()).select(count_star());
        assert_eq!(unknown.fetch_all(&db).await?, [6]);
        let replaced = groups().having(Post::category.coalesce("all").eq("all")).select(count_star());
        assert_eq!(replaced.fetch_all(&db).await?, [6]);
        let one = groups().having(Post::category.eq("food")).select(count_star());
        assert_eq!(one.fetch_all(&db).await?, [2]);
        Ok(())
    }

    #[tokio::test]
    async fn keys_that_are_null_in_two_totals() -> Result {
        let db = filled().await?;
        let groups = Post::query().filter(Post::author_id.lt(4)).group_by(rollup((Post::author_id, Post::category)));
        let of_authors = groups.clone().having(Post::category.is_null().and(Post::author_id.is_not_null()));
        let mut rows = of_authors.select((Post::author_id, count_star())).fetch_all(&db).await?;
        rows.sort();
        assert_eq!(rows, [(Some(1), 2), (Some(2), 2)]);
        let total = groups.having(Post::author_id.is_null()).having(Post::category.is_null());
        assert_eq!(total.select(count_star()).fetch_all(&db).await?, [4]);
        Ok(())
    }

    #[needs(TotalsInWindows)]
    #[tokio::test]
    async fn windows_over_totals() -> Result {
        let db = filled().await?;
        let last = window().order_by(Post::category.asc().nulls_last());
        let first = window().order_by(Post::category.desc().nulls_first());
        let totals = partition_by(Post::category.is_null());
        let mut rows = Post::query()
            .group_by(rollup(Post::category))
            .select((
                Post::category,
                row_number().over(last),
                row_number().over(first),
                count_star().sum().over(totals),
                Post::category.is_null().max().over(window()),
            ))
            .fetch_all(&db)
            .await?;
        rows.sort();
        let places: Vec<_> = rows.iter().map(|row| (row.1, row.2, row.3, row.4)).collect();
        let expected = [(5, 1), (1, 5), (2, 4), (3, 3), (4, 2)].map(|(last, first)| (last, first, Some(6), Some(true)));
        assert_eq!(places, expected);
        Ok(())
    }

    #[tokio::test]
    async fn windows_over_a_derived_table_of_totals() -> Result {
        let db = filled().await?;
        let totals = Post::query()
            .group_by(rollup(Post::category))
            .select(row!({ category: Post::category, n: count_star(), all: count_star().sum().over(window()) }))
            .derived(alias!(totals));
        let of_kind = partition_by(totals.category.is_null());
        let last = window().order_by(totals.category.asc().nulls_last());
        let rows = totals
            .query()
            .select((totals.n.sum().over(of_kind), totals.category.count().over(window()), totals.all))
            .order_by(row_number().over(last))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows, [(Some(6), 4, Some(12)); 5]);
        Ok(())
    }

    #[tokio::test]
    async fn totals_sorted_by_what_is_selected() -> Result {
        let db = filled().await?;
        let query = || {
            Post::query()
                .group_by(rollup(Post::category))
                .having(count_star().gt(1))
                .select(row!({ category: Post::category, posts: count_star(), same: count_star() }))
        };
        let last = query().order_by_output(|row| row.category.asc().nulls_last());
        let rows = last.clone().fetch_all(&db).await?;
        assert_eq!(
            rows.iter().map(|row| row.category.as_deref()).collect::<Vec<_>>(),
            [Some("food"), Some("tech"), None]
        );
        let most = query().order_by_output(|row| (row.posts.desc(), row.category)).limit(2).offset(1);
        let rows = most.fetch_all(&db).await?;
        assert_eq!(
            rows.iter().map(|row| (row.category.as_deref(), row.same)).collect::<Vec<_>>(),
            [(Some("food"), 2), (Some("tech"), 2)]
        );
        let inside = last.limit(2).derived(alias!(groups));
        let rows =
            inside.query().filter(inside.posts.gt(1)).select((inside.category, inside.posts)).order_by(inside.category);
        assert_eq!(rows.fetch_all(&db).await?, [(name("food"), 2), (name("tech"), 2)]);
        Ok(())
    }

    #[tokio::test]
    async fn totals_of_a_key_that_is_an_expression() -> Result {
        let db = filled().await?;
        let length = Post::discount.coalesce(Post::discount);
        let mut rows = Post::query().group_by(rollup(length)).select((length, count_star())).fetch_all(&db).await?;
        rows.sort_by_key(|row| row.1);
        assert_eq!(rows.last(), Some(&(None, 6)));
        Ok(())
    }

    #[needs(TotalKeyParts)]
    #[tokio::test]
    async fn expressions_of_a_key_of_totals() -> Result {
        let db = filled().await?;
        let key = User::age + User::age;
        let rows = User::query()
            .group_by(rollup(key))
            .select((key, (key * constant::<i32, 10>()).coalesce(-1), count_star()))
            .order_by(((key * constant::<i32, 2>()).asc().nulls_last(), count_star().asc()))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows, [(Some(58), 580, 2), (Some(82), 820, 1), (None, -1, 1), (None, -1, 4)]);
        Ok(())
    }

    #[needs(SortedTotals)]
    #[tokio::test]
    async fn sorted_totals() -> Result {
        let db = filled().await?;
        let rows = User::query()
            .group_by(rollup(User::age))
            .select((User::age, grouping(User::age), count_star()))
            .order_by((grouping(User::age), User::age.asc().nulls_first()))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows, [(None, 0, 1), (Some(29), 0, 2), (Some(41), 0, 1), (None, 1, 4)]);
        let total = User::query().group_by(rollup(User::age)).having(grouping(User::age).eq(1)).select(count_star());
        assert_eq!(total.fetch_all(&db).await?, [4]);
        Ok(())
    }

    #[needs(Cube)]
    #[tokio::test]
    async fn cubes() -> Result {
        let db = filled().await?;
        let rows = Post::query()
            .filter(Post::author_id.lt(4))
            .group_by(cube((Post::author_id, Post::category)))
            .select((Post::author_id, Post::category, count_star()))
            .order_by((Post::author_id.asc().nulls_last(), Post::category.asc().nulls_last()))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows.len(), 9);
        assert_eq!(rows[6..], [(None, name("food"), 2), (None, name("tech"), 2), (None, None, 4)]);
        Ok(())
    }

    #[needs(GroupingSets)]
    #[tokio::test]
    async fn grouping_sets_of_keys() -> Result {
        let db = filled().await?;
        let rows = Post::query()
            .group_by(grouping_sets((Post::author_id, Post::category), |(author, category)| (author, category, ())))
            .select((Post::author_id, Post::category, grouping(Post::category), count_star()))
            .order_by((Post::author_id.asc().nulls_last(), Post::category.asc().nulls_last()))
            .fetch_all(&db)
            .await?;
        assert_eq!(rows.len(), 8);
        assert_eq!(rows[0], (Some(1), None, 1, 2));
        assert_eq!(rows[6..], [(None, name("wood"), 0, 1), (None, None, 1, 6)]);
        Ok(())
    }
}
