//! UPDATE and DELETE.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::model::*;

#[tokio::test]
async fn increment_decrement_toggle() -> Result {
    let db = filled().await?;
    let one = || Post::update().filter(Post::id.eq(1));
    assert_eq!(one().set(Post::views.set(Post::views + 1)).execute(&db).await?, 1);
    one().set(Post::views.set(Post::views - 10)).execute(&db).await?;
    one().set(Post::discount.set(Post::discount * 2.0)).execute(&db).await?;
    let row = Post::query().filter(Post::id.eq(1)).select((Post::views, Post::discount)).fetch_one(&db).await?;
    assert_eq!(row, (291, Some(1.0)));
    assert_eq!(User::update().set(User::is_active.set(!User::is_active)).all_rows().execute(&db).await?, 4);
    let active = User::query().filter(User::is_active).select(User::name).fetch_all(&db).await?;
    assert_eq!(active, ["Dan"]);
    Ok(())
}

#[tokio::test]
async fn changes_by_name() -> Result {
    let db = filled().await?;
    let one = || Post::update().filter(Post::id.eq(1));
    one()
        .set((Post::views.add_assign(10), Post::discount.mul_assign(3.0), Post::title.append("!")))
        .execute(&db)
        .await?;
    one().set((Post::views.sub_assign(Post::author_id), Post::discount.div_assign(2.0))).execute(&db).await?;
    let row = Post::query().filter(Post::id.eq(1)).select((Post::views, Post::discount, Post::title));
    assert_eq!(row.fetch_one(&db).await?, (309, Some(0.75), "AI and you!".to_owned()));
    // What is NULL stays NULL.
    let two = Post::update().set(Post::discount.add_assign(1.0)).filter(Post::id.eq(2));
    assert_eq!(two.execute(&db).await?, 1);
    assert_eq!(Post::query().filter(Post::id.eq(2)).select(Post::discount).fetch_one(&db).await?, None);
    User::update().set(User::is_active.toggle()).all_rows().execute(&db).await?;
    assert_eq!(User::query().filter(User::is_active).select(User::name).fetch_all(&db).await?, ["Dan"]);
    Ok(())
}

#[tokio::test]
async fn back_to_the_default() -> Result {
    let db = filled().await?;
    let update = User::update().set((User::is_active.set_default(), User::age.set_default()));
    assert_eq!(update.filter(User::name.eq("Dan")).execute(&db).await?, 1);
    let row = User::query().filter(User::name.eq("Dan")).select((User::is_active, User::age));
    assert_eq!(row.fetch_one(&db).await?, (true, None));
    User::update().set(User::created_at.set(chrono::DateTime::UNIX_EPOCH)).all_rows().execute(&db).await?;
    User::update().set(User::created_at.set_default()).filter(User::id.eq(1)).execute(&db).await?;
    let rows = User::query().filter(User::created_at.gt(chrono::DateTime::UNIX_EPOCH)).select(User::name);
    assert_eq!(rows.fetch_all(&db).await?, ["Ann"]);
    let row = (User::name.set("Eve"), User::email.set("e"), User::is_active.set_default(), User::age.set_default());
    User::insert().values(row).execute(&db).await?;
    let eve = User::query().filter(User::name.eq("Eve")).fetch_one(&db).await?;
    assert_eq!((eve.is_active, eve.age), (true, None));
    Ok(())
}

#[tokio::test]
async fn what_may_be_missing() -> Result {
    let db = filled().await?;
    let set = async |body: Option<&str>| {
        Comment::update().set(Comment::body.set_nullable(body)).filter(Comment::id.eq(1)).execute(&db).await
    };
    assert_eq!(set(None).await?, 1);
    assert_eq!(Comment::query().filter(Comment::body.is_null()).count(&db).await?, 2);
    assert_eq!(set(Some("x")).await?, 1);
    let kept = Some("kept".to_owned());
    assert_eq!(Comment::update().set(Comment::body.set(&kept)).filter(Comment::id.eq(2)).execute(&db).await?, 1);
    assert_eq!(Comment::update().set(Comment::body.set(&None)).filter(Comment::id.eq(1)).execute(&db).await?, 1);
    let bodies = Comment::query().filter(Comment::id.le(2)).order_by(Comment::id).select(Comment::body).fetch_all(&db);
    assert_eq!(bodies.await?, [None, kept]);
    assert_eq!(set(Some("x")).await?, 1);
    let upper =
        Comment::update().set(Comment::body.set_nullable(Some(Comment::body.upper()))).filter(Comment::id.eq(1));
    assert_eq!(upper.execute(&db).await?, 1);
    let body = Comment::query().filter(Comment::id.eq(1)).select(Comment::body).fetch_one(&db).await?;
    assert_eq!(body.as_deref(), Some("X"));
    let user = (User::name.set("x"), User::email.set("x"), User::manager_id.set_nullable(None::<i64>));
    assert_eq!(User::insert().values(user).execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn several_columns_and_conditions() -> Result {
    let db = filled().await?;
    let changed = Post::update()
        .set((Post::title.set(Post::title.upper()), Post::discount.set(None), Post::views.set(7)))
        .filter((Post::category.eq("food"), Post::author_id.in_([1, 2])))
        .filter(Post::discount.is_not_null())
        .execute(&db)
        .await?;
    assert_eq!(changed, 1);
    let row = Post::query().filter(Post::views.eq(7)).select((Post::id, Post::title, Post::discount));
    assert_eq!(row.fetch_all(&db).await?, [(3, "CHEESE".to_owned(), None)]);
    Ok(())
}

#[needs(SimultaneousSet)]
#[tokio::test]
async fn columns_are_read_before_they_are_written() -> Result {
    let db = filled().await?;
    let swap = (User::name.set(User::email), User::email.set(User::name));
    User::update().set(swap).filter(User::id.eq(2)).execute(&db).await?;
    let row = User::query().filter(User::id.eq(2)).select((User::name, User::email)).fetch_one(&db).await?;
    assert_eq!(row, ("bob@example.org".to_owned(), "Bob".to_owned()));
    Ok(())
}

#[needs(!SimultaneousSet)]
#[tokio::test]
async fn columns_are_written_one_by_one() -> Result {
    let db = filled().await?;
    let swap = (User::name.set(User::email), User::email.set(User::name));
    User::update().set(swap).filter(User::id.eq(2)).execute(&db).await?;
    let row = User::query().filter(User::id.eq(2)).select((User::name, User::email)).fetch_one(&db).await?;
    assert_eq!(row, ("bob@example.org".to_owned(), "bob@example.org".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_later_set_has_the_last_word() -> Result {
    let db = filled().await?;
    let update =
        Post::update().set((Post::views.set(1), Post::title.set("x"))).set(Post::views.set(2)).filter(Post::id.eq(1));
    assert_eq!(update.execute(&db).await?, 1);
    let row = Post::query().filter(Post::id.eq(1)).select((Post::views, Post::title)).fetch_one(&db).await?;
    assert_eq!(row, (2, "x".to_owned()));
    Ok(())
}

#[tokio::test]
async fn patches() -> Result {
    let db = filled().await?;
    let patch = UserPatch { name: Some("Bert".into()), age: Some(None), ..UserPatch::default() };
    assert_eq!(User::update().set(patch.clone()).filter(User::id.eq(2)).execute(&db).await?, 1);
    let row = User::query().filter(User::id.eq(2)).select((User::name, User::age, User::manager_id));
    assert_eq!(row.fetch_one(&db).await?, ("Bert".to_owned(), None, Some(1)));
    let patch = PostPatch { discount: Some(Some(0.75)), ..PostPatch::default() };
    let update = Post::update().set(patch).set(Post::views.set(Post::views + 1)).filter(Post::author_id.eq(2));
    assert_eq!(update.execute(&db).await?, 2);
    let rows = Post::query().filter(Post::author_id.eq(2)).select((Post::views, Post::discount)).order_by(Post::id);
    assert_eq!(rows.fetch_all(&db).await?, [(151, Some(0.75)), (701, Some(0.75))]);
    Ok(())
}

#[tokio::test]
async fn an_empty_patch_sends_nothing() -> Result {
    let db = filled().await?;
    let empty = || User::update().set(UserPatch::default());
    assert_eq!(empty().all_rows().execute(&db).await?, 0);
    assert_eq!(empty().filter(User::id.eq(1)).execute(&db).await?, 0);
    assert!(empty().all_rows().to_sql().sql.is_empty());
    assert_eq!(empty().set(User::age.set(1)).filter(User::id.eq(1)).execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn by_a_subquery_and_a_case() -> Result {
    let db = filled().await?;
    let commented = Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id));
    let update = Post::update()
        .set(Post::category.set(case(Post::category).when("tech", "hot tech").otherwise("hot")))
        .filter(exists(commented));
    assert_eq!(update.execute(&db).await?, 3);
    let categories = Post::query().select(Post::category).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(categories, ["hot tech", "food", "hot", "hot tech", "ads", "wood"]);
    Ok(())
}

#[tokio::test]
async fn deleting() -> Result {
    let db = filled().await?;
    assert_eq!(Post::delete().filter(Post::views.lt(10)).execute(&db).await?, 2);
    let bread = || Post::delete().filter(Post::id.eq(2)).filter(Post::category.eq("food"));
    assert_eq!((bread().execute(&db).await?, bread().execute(&db).await?), (1, 0));
    assert_eq!(Post::query().count(&db).await?, 3);
    assert_eq!(Post::delete().all_rows().execute(&db).await?, 3);
    assert_eq!(Comment::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_foreign_keys_do() -> Result {
    let db = filled().await?;
    let referred = User::delete().filter(User::id.eq(1)).execute(&db).await;
    assert!(referred.is_err_and(|error| error.is_foreign_key_violation()));
    assert_eq!(User::query().count(&db).await?, 4);
    User::update().set(User::manager_id.set(None)).all_rows().execute(&db).await?;
    assert_eq!(User::delete().filter(User::id.eq(1)).execute(&db).await?, 1);
    assert_eq!(Post::query().count(&db).await?, 4);
    let authors =
        Comment::query().select((Comment::id, Comment::author_id)).order_by(Comment::id).fetch_all(&db).await?;
    assert_eq!(authors, [(3, None), (4, None)]);
    Ok(())
}

#[tokio::test]
async fn a_filter_that_never_holds_changes_nothing() -> Result {
    let db = filled().await?;
    let none: Vec<i64> = Vec::new();
    assert_eq!(Post::update().set(Post::views.set(0)).filter(Post::id.in_(&none)).execute(&db).await?, 0);
    assert_eq!(Post::delete().filter(Post::id.in_(none)).execute(&db).await?, 0);
    assert_eq!(Post::delete().filter(Post::discount.gt(9.0)).execute(&db).await?, 0);
    Ok(())
}

#[needs(UpdateReturning)]
#[tokio::test]
async fn updated_rows_are_returned() -> Result {
    let db = filled().await?;
    let changed = Post::update()
        .set((Post::title.set(Post::title.upper()), Post::views.set(Post::views + 1)))
        .filter(Post::category.eq("food"))
        .returning((Post::id, Post::title, Post::views * 2));
    let mut changed = changed.fetch_all(&db).await?;
    changed.sort();
    assert_eq!(changed, [(2, "BREAD".to_owned(), 42), (3, "CHEESE".to_owned(), 302)]);
    let nothing = User::update().set(UserPatch::default()).all_rows().returning(User::id);
    assert!(nothing.fetch_all(&db).await?.is_empty());
    Ok(())
}

#[needs(DeleteReturning)]
#[tokio::test]
async fn deleted_rows_are_returned() -> Result {
    let db = filled().await?;
    let bread = || Post::delete().filter(Post::id.eq(2));
    let deleted: Vec<Post> = bread().returning(Post::all()).fetch_all(&db).await?;
    assert_eq!(deleted[0].title, "Bread");
    assert_eq!(bread().returning(Post::id).fetch_optional(&db).await?, None);
    assert_eq!(Post::query().count(&db).await?, 5);
    Ok(())
}
