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
