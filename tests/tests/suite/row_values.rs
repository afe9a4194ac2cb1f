//! Row values, and comparisons with each row of a query.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;
use crate::D;

#[tokio::test]
async fn compared_pair_by_pair() -> Result {
    let db = filled().await?;
    let posts = Post::query().select(Post::id).order_by(Post::id);
    let key = row_value((Post::category, Post::id));
    assert_eq!(posts.clone().filter(key.gt(("food", 2))).fetch_all(&db).await?, [1, 3, 4, 6]);
    assert_eq!(posts.clone().filter(key.ge(("food", 2))).fetch_all(&db).await?, [1, 2, 3, 4, 6]);
    assert_eq!(posts.clone().filter(key.lt(("food", 3))).fetch_all(&db).await?, [2, 5]);
    assert_eq!(posts.clone().filter(key.le(("food", 3))).fetch_all(&db).await?, [2, 3, 5]);
    assert_eq!(posts.clone().filter(key.eq(("food", 3))).fetch_all(&db).await?, [3]);
    assert_eq!(posts.clone().filter(key.ne(("food", 3))).fetch_all(&db).await?, [1, 2, 4, 5, 6]);
    let three = row_value((Post::category, Post::author_id, Post::views));
    assert_eq!(posts.clone().filter(three.ge(("food", 1, Post::views + 1))).fetch_all(&db).await?, [1, 3, 4, 6]);
    let four = row_value((Post::id, Post::author_id, Post::views, Post::title));
    assert_eq!(posts.filter(four.eq((2, 1, 20, "Bread"))).fetch_all(&db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn in_lists() -> Result {
    let db = filled().await?;
    let posts = Post::query().select(Post::id).order_by(Post::id);
    let pair = row_value((Post::author_id, Post::category));
    let list = vec![(1, "food"), (2, "food"), (2, "wood")];
    assert_eq!(posts.clone().filter(pair.in_(&list)).fetch_all(&db).await?, [2, 3]);
    assert_eq!(posts.clone().filter(pair.not_in(list)).fetch_all(&db).await?, [1, 4, 5, 6]);
    assert_eq!(posts.clone().filter(pair.in_([(1, "tech")])).fetch_all(&db).await?, [1]);
    let none: [(i64, &str); 0] = [];
    assert_eq!(posts.clone().filter(pair.in_(none)).count(&db).await?, 0);
    assert_eq!(posts.clone().filter(pair.not_in(&none[..])).count(&db).await?, 6);
    let three = row_value((Post::id, Post::author_id, Post::category));
    assert_eq!(posts.clone().filter(three.in_([(1, 1, "tech"), (2, 2, "food")])).fetch_all(&db).await?, [1]);
    // A list of expressions.
    let own = row_value((Post::id, Post::category)).in_([(Post::author_id, Post::category)]);
    assert_eq!(posts.filter(own).fetch_all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn in_queries() -> Result {
    let db = filled().await?;
    let comments = Comment::query().filter(Comment::author_id.is_not_null());
    let pairs = comments.select((Comment::post_id, Comment::author_id.coalesce(0)));
    // Posts that their author's manager commented.
    let commented =
        Post::query().inner_join::<User>().on(Post::author_id.eq(User::id)).select(Post::id).order_by(Post::id);
    let by_manager = row_value((Post::id, User::manager_id.coalesce(0)));
    assert_eq!(commented.clone().filter(by_manager.in_(pairs.clone())).fetch_all(&db).await?, [3, 4]);
    assert_eq!(commented.filter(by_manager.not_in(pairs)).fetch_all(&db).await?, [1, 2, 5, 6]);
    // With a limit, which MySQL has only one level deeper, and two columns of one name.
    let first = Post::query()
        .inner_join::<User>()
        .on(Post::author_id.eq(User::id))
        .order_by(Post::id)
        .limit(2)
        .select((Post::id, User::id));
    let posts = Post::query().filter(row_value((Post::id, Post::author_id)).in_(first)).select(Post::id);
    assert_eq!(posts.order_by(Post::id).fetch_all(&db).await?, [1, 2]);
    // Correlated.
    let same =
        Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id)).select((Comment::post_id, Comment::id));
    let posts = Post::query().filter(row_value((Post::id, Post::id)).in_(same)).select(Post::id);
    assert_eq!(posts.fetch_all(&db).await?, [1, 3, 4]);
    Ok(())
}

#[tokio::test]
#[needs(QuantifiedComparisons)]
async fn with_any_and_all_rows() -> Result {
    let db = filled().await?;
    let names = User::query().select(User::name).order_by(User::id);
    let managers = || User::query().filter(User::manager_id.is_not_null()).select(User::manager_id.coalesce(0));
    assert_eq!(names.clone().filter(User::id.eq_any(managers())).fetch_all(&db).await?, ["Ann", "Bob"]);
    assert_eq!(names.clone().filter(User::id.ne_all(managers())).fetch_all(&db).await?, ["Cid", "Dan"]);
    assert_eq!(names.clone().filter(User::id.gt_all(managers())).fetch_all(&db).await?, ["Cid", "Dan"]);
    assert_eq!(names.clone().filter(User::id.ge_all(managers())).fetch_all(&db).await?, ["Bob", "Cid", "Dan"]);
    assert_eq!(names.clone().filter(User::id.lt_all(managers())).fetch_all(&db).await?, [""; 0]);
    assert_eq!(names.clone().filter(User::id.le_all(managers())).fetch_all(&db).await?, ["Ann"]);
    assert_eq!(names.clone().filter(User::id.eq_all(managers())).fetch_all(&db).await?, [""; 0]);
    assert_eq!(names.clone().filter(User::id.gt_any(managers())).fetch_all(&db).await?, ["Bob", "Cid", "Dan"]);
    assert_eq!(names.clone().filter(User::id.ge_any(managers())).count(&db).await?, 4);
    assert_eq!(names.clone().filter(User::id.lt_any(managers())).fetch_all(&db).await?, ["Ann"]);
    assert_eq!(names.clone().filter(User::id.le_any(managers())).fetch_all(&db).await?, ["Ann", "Bob"]);
    assert_eq!(names.clone().filter(User::id.ne_any(managers())).count(&db).await?, 4);
    // Of no rows, and of the first ones.
    let nobody = || User::query().filter(User::id.gt(9)).select(User::id);
    assert_eq!(names.clone().filter(User::id.gt_all(nobody())).count(&db).await?, 4);
    assert_eq!(names.clone().filter(User::id.gt_any(nobody())).count(&db).await?, 0);
    let first = User::query().order_by(User::id).limit(2).select(User::id);
    assert_eq!(names.clone().filter(User::id.gt_all(first)).fetch_all(&db).await?, ["Cid", "Dan"]);
    // Correlated.
    let views = Post::query().outer::<User>().filter(Post::author_id.eq(User::id)).select(Post::views);
    assert_eq!(names.filter(value(100_i64).lt_any(views)).fetch_all(&db).await?, ["Ann", "Bob"]);
    let rows: Vec<(i64, bool)> =
        User::query().select((User::id, User::id.eq_any(managers()))).order_by(User::id).fetch_all(&db).await?;
    assert_eq!(rows, [(1, true), (2, true), (3, false), (4, false)]);
    Ok(())
}

#[tokio::test]
async fn sql() -> Result {
    let mut gallery = Gallery::new(&empty().await?);
    let posts = Post::query::<D>().select(Post::id);
    let pair = row_value((Post::author_id, Post::category));
    gallery.add("after a pair", posts.clone().filter(pair.gt((1, "food"))).to_sql()).await?;
    gallery.add("in a list", posts.clone().filter(pair.in_([(1, "a"), (2, "b"), (3, "c")])).to_sql()).await?;
    let none: [(i64, &str); 0] = [];
    gallery.add("in no list", posts.clone().filter(pair.not_in(none)).to_sql()).await?;
    let other = Other::query().select((Other.author_id, Other.category));
    gallery.add("in a query", posts.clone().filter(pair.in_(other.clone())).to_sql()).await?;
    gallery.add("in a query with a limit", posts.clone().filter(pair.in_(other.limit(3))).to_sql()).await?;
    when! { QuantifiedComparisons;
        let views = Other::query().select(Other.views);
        gallery.add("more than all", posts.clone().filter(Post::views.gt_all(views.clone())).to_sql()).await?;
        gallery.add("more than any of the first", posts.filter(Post::views.gt_any(views.limit(3))).to_sql()).await?;
    }
    mizzle_tests::assert_snapshot!("row_values", gallery.text());
    Ok(())
}
