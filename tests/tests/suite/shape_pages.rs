//! Pages by keys, of shapes and of rows with their relations.

use std::sync::atomic::Ordering::SeqCst;

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    model::*,
    recorded::Recorded,
};

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct Card {
    title: String,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Profile {
    name: String,
    #[shape(expr = User::posts().order_by(Post::id))]
    posts: Vec<Card>,
}

/// Nothing of the row itself is selected.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Feed {
    #[shape(expr = User::posts().order_by(Post::id))]
    posts: Vec<Card>,
}

fn card(title: &str) -> Card {
    Card { title: title.into() }
}

#[tokio::test]
async fn of_shapes_with_relations() -> Result {
    let db = filled().await?;
    let count = counter();
    let profiles = || User::query().shape::<Profile>().keyset((User::name.desc(), User::id.asc()));
    let first = profiles().page(3).fetch(Counted(&db, count)).await?;
    let profile = |name: &str, posts| Profile { name: name.into(), posts };
    let dan = profile("Dan", vec![card("50% off"), card("Elm_trees")]);
    let bob = profile("Bob", vec![card("Cheese"), card("Databases")]);
    assert_eq!(first.rows, [dan, profile("Cid", vec![]), bob]);
    assert_eq!((&first.next, &first.previous), (&Some(("Bob".to_owned(), 2)), &None));
    assert_eq!(count.load(SeqCst), 2);

    let second = profiles().after(first.next).page(3).fetch(&db).await?;
    assert_eq!(second.rows, [profile("Ann", vec![card("AI and you"), card("Bread")])]);
    assert_eq!((&second.next, &second.previous), (&None, &Some(("Ann".to_owned(), 1))));
    let back = profiles().before(second.previous).page(2).fetch(&db).await?;
    assert_eq!(back.rows.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(), ["Cid", "Bob"]);
    assert_eq!(back.next, Some(("Bob".to_owned(), 2)));
    Ok(())
}

#[tokio::test]
async fn the_shape_may_come_after_the_keys() -> Result {
    let db = filled().await?;
    let page = User::query().keyset(User::id.asc()).shape::<Feed>().filter(User::id.gt(1)).page(2);
    let page = page.fetch(&db).await?;
    assert_eq!(page.rows, [Feed { posts: vec![card("Cheese"), card("Databases")] }, Feed { posts: vec![] }]);
    assert_eq!((page.next, page.previous), (Some(3), None));
    Ok(())
}

#[tokio::test]
async fn of_shapes_without_relations_it_is_one_statement() -> Result {
    let db = filled().await?;
    let recorded = Recorded::new(&db);
    let page = Post::query().filter(Post::id.gt(1)).shape::<Card>().keyset(Post::id.desc()).after(5).page(2);
    let page = page.fetch(recorded).await?;
    assert_eq!(page.rows, [card("Databases"), card("Cheese")]);
    assert_eq!((page.next, page.previous), (Some(3), Some(4)));
    let sent = recorded.sent();
    let [sent] = &sent[..] else { panic!("{sent:?}") };
    let quoted = sent.replace(['"', '`'], "").replace("$1", "?").replace("$2", "?").replace("$3", "?");
    let (quoted, _) = quoted.split_once(" LIMIT").ok_or("no limit")?;
    assert_eq!(
        quoted,
        "SELECT posts.title, posts.id FROM posts WHERE posts.id > ? AND posts.id < ? ORDER BY posts.id DESC"
    );
    Ok(())
}

#[tokio::test]
async fn of_rows_with_relations() -> Result {
    let db = filled().await?;
    let users = || User::query().with(User::posts().select(Post::id).order_by(Post::id)).with(User::manager());
    let page = users().keyset((User::name.asc(), User::id.asc())).page(2).fetch(&db).await?;
    let found: Vec<_> =
        page.rows.iter().map(|(user, posts, manager)| (user.id, &posts[..], manager.is_some())).collect();
    assert_eq!(found, [(1, &[1, 2][..], false), (2, &[3, 4][..], true)]);
    let page = users().keyset((User::name.asc(), User::id.asc())).after(page.next).page(2).fetch(&db).await?;
    assert_eq!(page.rows.iter().map(|(user, ..)| user.id).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(page.next, None);
    let sorted = users().order_by(User::id).keyset(User::id.asc()).page(2).fetch(&db).await;
    assert!(matches!(sorted, Err(Error::Cursor { .. })), "{sorted:?}");
    Ok(())
}
