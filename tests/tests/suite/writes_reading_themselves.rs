//! Writes whose subqueries read the table that is written: they see it as it was.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;
use crate::D;

#[tokio::test]
async fn in_where() -> Result {
    let db = filled().await?;
    let mut gallery = Gallery::new(&db);
    let seen = || Post::query::<D>().filter(Post::views.gt(100));
    let authors = Post::update::<D>()
        .set(Post::category.set("of the seen"))
        .filter(Post::author_id.in_(seen().select(Post::author_id)));
    gallery.add("IN", authors.to_sql()).await?;
    assert_eq!(authors.execute(&db).await?, 4);
    // Those that are changed are read as they were: only the row after Bread, not the one after that.
    let after = Post::query::<D>().filter(Post::views.lt(100)).select(Post::id + 1);
    let chain = Post::update::<D>().set(Post::views.set(0)).filter((Post::id.in_(after), Post::views.gt(0)));
    gallery.add("a chain", chain.to_sql()).await?;
    assert_eq!(chain.execute(&db).await?, 2);
    let views = Post::query().select(Post::views).order_by(Post::id).fetch_all(&db).await?;
    assert_eq!(views, [300, 20, 0, 700, 0, 0]);
    let most = seen().select(Post::views.max());
    let delete = Post::delete::<D>().filter(Post::views.eq(most));
    gallery.add("a value", delete.to_sql()).await?;
    assert_eq!(delete.execute(&db).await?, 1);
    let delete = Post::delete::<D>().filter(not_exists(seen().filter(Post::title.like("Cheese"))));
    gallery.add("EXISTS", delete.clone().filter(Post::id.eq(1)).to_sql()).await?;
    let pairs = Post::query::<D>().group_by(Post::author_id).select((Post::author_id, Post::id.min()));
    let first = Post::delete::<D>()
        .filter(row_value((Post::author_id, Post::id)).in_(pairs.clone().order_by(Post::author_id).limit(2)));
    gallery.add("row values", first.to_sql()).await?;
    assert_eq!(first.execute(&db).await?, 2);
    // Deeper, and behind another table.
    let comments = Comment::query::<D>().filter(Comment::post_id.in_(Post::query().select(Post::id)));
    let deep = Post::delete::<D>().filter(Post::id.not_in(comments.select(Comment::post_id)));
    gallery.add("deeper", deep.to_sql()).await?;
    mizzle_tests::assert_snapshot!("reading_where", gallery.text());
    assert_eq!(deep.execute(&db).await?, 3);
    assert_eq!(Post::query().count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn in_set() -> Result {
    let db = filled().await?;
    let mut gallery = Gallery::new(&db);
    let sum = Post::query::<D>().select(Post::views.sum());
    let update = Post::update::<D>().set(Post::views.set(sum.coalesce(0))).filter(Post::id.le(2));
    gallery.add("an update", update.to_sql()).await?;
    assert_eq!(update.execute(&db).await?, 2);
    let views = Post::query().select(Post::views).order_by(Post::id).limit(3).fetch_all(&db).await?;
    assert_eq!(views, [1175, 1175, 150]);
    let last = || Post::query::<D>().select(Post::views.max()).coalesce(0);
    let insert = Post::insert::<D>().values((
        Post::title.set("Next"),
        Post::category.set("new"),
        Post::author_id.set(1),
        Post::views.set(last()),
    ));
    gallery.add("an insert", insert.to_sql()).await?;
    assert_eq!(insert.execute(&db).await?, 1);
    let insert = Post::insert::<D>().row(NewPost::new("More", "new", 1)).set(Post::views.set(last()));
    gallery.add("an insert of a struct", insert.to_sql()).await?;
    assert_eq!(insert.execute(&db).await?, 1);
    mizzle_tests::assert_snapshot!("reading_set", gallery.text());
    assert_eq!(Post::query().filter(Post::views.eq(1175)).count(&db).await?, 4);
    let each = Post::update::<D>()
        .set_each(Post::id, Post::title, [(1, "a"), (3, "b")])
        .filter(Post::views.eq(Post::query().select(Post::views.max())));
    assert_eq!(each.execute(&db).await?, 1);
    Ok(())
}

#[needs(DeleteUsing)]
#[tokio::test]
async fn in_a_delete_that_uses_another_table() -> Result {
    let db = filled().await?;
    let seen = Post::query::<D>().filter(Post::views.gt(100)).select(Post::id);
    let delete = Post::delete::<D>().using::<User>().filter((
        Post::author_id.eq(User::id),
        User::name.eq("Bob"),
        Post::id.in_(seen.clone()),
    ));
    let mut gallery = Gallery::new(&db);
    gallery.add("using", delete.to_sql()).await?;
    mizzle_tests::assert_snapshot!("reading_using", gallery.text());
    assert_eq!(delete.execute(&db).await?, 2);
    assert_eq!(seen.clone().fetch_all(&db).await?, [1]);
    // The condition before the table is the same.
    let delete = Post::delete::<D>().filter(Post::id.in_(seen)).using::<User>();
    assert_eq!(delete.filter(Post::author_id.eq(User::id)).execute(&db).await?, 1);
    Ok(())
}

/// A correlated subquery cannot be read before: where it cannot be read for each row either, the rows are found before.
#[tokio::test]
async fn correlated() -> Result {
    let db = filled().await?;
    let mut gallery = Gallery::new(&db);
    let before = || exists(Other::query::<D>().outer::<Post>().filter(Other.id.eq(Post::id - 1)));
    let update = Post::update::<D>().set(Post::views.set(1)).filter((before(), Post::views.gt(100)));
    gallery.add("an update", update.to_sql()).await?;
    assert_eq!(update.execute(&db).await?, 2);
    let latest = Other::query::<D>().outer::<Post>().filter(Other.author_id.eq(Post::author_id)).select(Other.id.max());
    let delete = Post::delete::<D>().filter(Post::id.eq(latest));
    gallery.add("a value", delete.to_sql()).await?;
    assert_eq!(delete.execute(&db).await?, 3);
    assert_eq!(Post::query().select(Post::id).order_by(Post::id).fetch_all(&db).await?, [1, 3, 5]);
    let each = Post::update::<D>().set_each(Post::id, Post::title, [(1, "a"), (3, "b")]).filter(
        !Post::id
            .in_(Other::query().outer::<Post>().filter((Other.id.eq(Post::id), Other.views.gt(100))).select(Other.id)),
    );
    gallery.add("each", each.to_sql()).await?;
    assert_eq!(each.execute(&db).await?, 1);
    mizzle_tests::assert_snapshot!("reading_correlated", gallery.text());

    // All that have another one, although that is deleted as well.
    let others = Other::query::<D>().outer::<Post>().filter(Other.id.ne(Post::id));
    assert_eq!(Post::delete().filter(exists(others)).execute(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn by_a_relation_of_the_same_table() -> Result {
    let db = filled().await?;
    let names =
        async || User::query().filter(!User::is_active).select(User::name).order_by(User::id).fetch_all(&db).await;
    let update = User::update::<D>().set(User::is_active.set(false)).filter(User::employees().any());
    assert_eq!(update.execute(&db).await?, 2);
    assert_eq!(names().await?, ["Ann", "Bob", "Dan"]);
    let update = User::update::<D>().set(User::is_active.set(true));
    let led = update.filter((User::employees().count().eq(1), User::manager().any_where(User::name.eq("Ann"))));
    assert_eq!(led.execute(&db).await?, 1);
    assert_eq!(names().await?, ["Ann", "Dan"]);
    let leaves = User::delete::<D>().filter((User::employees().none(), User::posts().none()));
    assert_eq!(leaves.execute(&db).await?, 1);
    assert_eq!(User::query().select(User::name).order_by(User::id).fetch_all(&db).await?, ["Ann", "Bob", "Dan"]);
    Ok(())
}

table! {
    #[derive(Debug, Clone, PartialEq)]
    Part (insert = NewPart, primary_key(machine, number)) {
        machine: i32,
        number: i32,
        inside: i32,
    }

    /// Without a primary key.
    #[derive(Debug, Clone, PartialEq)]
    Badge (insert = NewBadge) {
        code: String [unique],
        level: i32,
    }

    /// Without any key.
    #[derive(Debug, Clone, PartialEq)]
    Line (insert = NewLine) {
        text: String,
    }
}

alias!(Inner = Part);
alias!(Lower = Badge);
alias!(Again = Line);

#[tokio::test]
async fn tables_with_other_keys() -> Result {
    let db = super::database(&mizzle::schema! { Part, Badge, Line }).await?;
    let parts = [(1, 1, 0), (1, 2, 1), (1, 3, 2), (2, 1, 3), (2, 4, 1)];
    Part::insert()
        .rows(parts.map(|(machine, number, inside)| NewPart::new(machine, number, inside)))
        .execute(&db)
        .await?;
    Badge::insert()
        .rows([("a", 1), ("b", 2), ("c", 3)].map(|(code, level)| NewBadge::new(code, level)))
        .execute(&db)
        .await?;
    Line::insert().rows(["x", "y"].map(NewLine::new)).execute(&db).await?;
    let mut gallery = Gallery::new(&db);
    let within =
        Inner::query().outer::<Part>().filter((Inner.machine.eq(Part::machine), Inner.number.eq(Part::inside)));
    let delete = Part::delete::<D>().filter(exists(within));
    gallery.add("a key of several columns", delete.to_sql()).await?;
    assert_eq!(delete.execute(&db).await?, 3);
    let left = Part::query().order_by((Part::machine, Part::number)).select((Part::machine, Part::number));
    assert_eq!(left.fetch_all(&db).await?, [(1, 1), (2, 1)]);
    let lower = Lower::query().outer::<Badge>().filter(Lower.level.lt(Badge::level));
    let update = Badge::update::<D>().set(Badge::level.set(Badge::level - 1)).filter(exists(lower));
    gallery.add("a unique key", update.to_sql()).await?;
    assert_eq!(update.execute(&db).await?, 2);
    mizzle_tests::assert_snapshot!("reading_other_keys", gallery.text());
    assert_eq!(Badge::query().order_by(Badge::code).select(Badge::level).fetch_all(&db).await?, [1, 1, 2]);

    // Nothing tells these rows apart.
    let same = Again::query().outer::<Line>().filter(Again.text.gt(Line::text));
    let delete = Line::delete::<D>().filter(exists(same)).execute(&db).await;
    when! { MySql;
        let error = delete.unwrap_err().to_string();
        assert!(error.contains("1093"), "{error}");
    }
    when! { !MySql; assert_eq!(delete?, 1); }
    Ok(())
}
