//! Derived tables and CTEs in UPDATE .. FROM and DELETE .. USING.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, needs, prepared};

use super::model::*;
use crate::D;

#[tokio::test]
async fn update_by_totals() -> Result {
    let db = filled().await?;
    let totals = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, n: count_star() }))
        .having(count_star().gt(1));
    let derived = totals.clone().derived(alias!(totals));
    let update = User::update::<D>()
        .from_query(&derived)
        .set(User::name.set(User::name.concat("!")))
        .filter((derived.author.eq(User::id), derived.n.eq(2)));
    let mut gallery = Gallery::new(&db);
    gallery.add("derived", update.to_sql()).await?;
    assert_eq!(update.execute(&db).await?, 3);
    let cte = totals.cte(alias!(totals));
    let update = Post::update::<D>()
        .from::<User>()
        .from_query(&cte)
        .set((Post::views.set(cte.n), Post::category.set(User::name)))
        .filter((cte.author.eq(User::id), Post::author_id.eq(User::id), User::id.lt(3)));
    gallery.add("a table and a CTE", update.to_sql()).await?;
    mizzle_tests::assert_snapshot!("update_from_query", gallery.text());
    assert_eq!(update.execute(&db).await?, 4);
    let rows = Post::query().order_by(Post::id).select((Post::views, Post::category)).limit(5).fetch_all(&db).await?;
    let expected = [(2, "Ann!"), (2, "Ann!"), (2, "Bob!"), (2, "Bob!"), (0, "ads")];
    assert_eq!(rows, expected.map(|(views, category)| (views, category.to_owned())));
    Ok(())
}

/// What is read of the table that is written is what was there before.
#[tokio::test]
async fn update_by_itself() -> Result {
    let db = filled().await?;
    let most = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, views: Post::views.sum() }))
        .derived(alias!(most));
    let update = Post::update::<D>()
        .from_query(&most)
        .set(Post::views.set(most.views.coalesce(0)))
        .filter(most.author.eq(Post::author_id));
    prepared(&db, update.to_sql()).await?;
    assert_eq!(update.execute(&db).await?, 6);
    let views = Post::query().order_by(Post::id).select(Post::views).fetch_all(&db).await?;
    assert_eq!(views, [320, 320, 850, 850, 5, 5]);
    // Rows that are not grouped are read as they were, too.
    let same = Post::query().select(row!({ id: Post::id, views: Post::views })).derived(alias!(same));
    let update =
        Post::update::<D>().from_query(&same).set(Post::views.set(same.views + 1)).filter(same.id.eq(Post::id - 1));
    assert_eq!(update.execute(&db).await?, 5);
    let views = Post::query().order_by(Post::id).select(Post::views).fetch_all(&db).await?;
    assert_eq!(views, [320, 321, 321, 851, 851, 6]);
    Ok(())
}

#[needs(DeleteUsing)]
#[tokio::test]
async fn delete_by_a_query() -> Result {
    let db = filled().await?;
    let busy = Post::query()
        .group_by(Post::author_id)
        .having(Post::views.sum().gt(400))
        .select(row!({ author: Post::author_id }));
    let derived = busy.clone().derived(alias!(busy));
    let delete = Comment::delete::<D>().using_query(&derived).filter(Comment::author_id.eq(derived.author));
    let mut gallery = Gallery::new(&db);
    gallery.add("derived", delete.to_sql()).await?;
    assert_eq!(delete.execute(&db).await?, 1);
    let cte = busy.cte(alias!(busy));
    let delete = Post::delete::<D>()
        .using::<User>()
        .using_query(&cte)
        .filter((cte.author.eq(User::id), Post::author_id.eq(User::id)));
    gallery.add("a table and a CTE", delete.to_sql()).await?;
    mizzle_tests::assert_snapshot!("delete_using_query", gallery.text());
    assert_eq!(delete.execute(&db).await?, 2);
    assert_eq!(Post::query().order_by(Post::id).select(Post::id).fetch_all(&db).await?, [1, 2, 5, 6]);
    Ok(())
}

#[needs(UpdateReturning)]
#[tokio::test]
async fn returning_of_both() -> Result {
    let db = filled().await?;
    let best = Post::query()
        .group_by(Post::author_id)
        .select(row!({ author: Post::author_id, views: Post::views.max() }))
        .derived(alias!(best));
    let update = User::update::<D>().from_query(&best).set(User::age.set(20)).filter(best.author.eq(User::id));
    let mut names = update.clone().returning(User::name).fetch_all(&db).await?;
    names.sort();
    assert_eq!(names, ["Ann", "Bob", "Dan"]);
    when! { Postgres;
        let mut rows = update.returning((User::id, best.views)).fetch_all(&db).await?;
        rows.sort();
        assert_eq!(rows, [(1, Some(300)), (2, Some(700)), (4, Some(5))]);
    }
    Ok(())
}
