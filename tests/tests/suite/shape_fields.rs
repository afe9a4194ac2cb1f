//! What a field of a shape can hold beside columns, relations and expressions.

use std::sync::atomic::Ordering::SeqCst;

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    model::*,
};

/// A user and everyone above.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Chain {
    name: String,
    manager: Option<Box<Chain>>,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct Signed {
    id: i64,
    author: Box<Chain>,
}

fn chain(names: &[&str]) -> Option<Box<Chain>> {
    let (name, above) = names.split_first()?;
    Some(Box::new(Chain { name: (*name).into(), manager: chain(above) }))
}

#[tokio::test]
async fn a_shape_within_itself_upward() -> Result {
    let db = filled().await?;
    let count = counter();
    let chains = User::query().shape::<Chain>().order_by(User::id).fetch_all(Counted(&db, count)).await?;
    let expected = [&["Ann"][..], &["Bob", "Ann"], &["Cid", "Ann"], &["Dan", "Bob", "Ann"]];
    assert_eq!(chains.into_iter().map(|chain| Some(Box::new(chain))).collect::<Vec<_>>(), expected.map(chain));
    // The users, and those above them: of Bob, Cid and Dan; of Bob, whom Dan is below; nobody is above Ann.
    assert_eq!(count.load(SeqCst), 3);
    let one = User::query().filter(User::id.eq(4)).shape::<Chain>().fetch_one(&db).await?;
    assert_eq!(Some(Box::new(one)), chain(expected[3]));
    let signed =
        Post::query().shape::<Signed>().filter(Post::id.ge(4)).order_by(Post::id).limit(2).fetch_all(&db).await?;
    let author = |names| chain(names).ok_or("nobody");
    assert_eq!(
        signed,
        [Signed { id: 4, author: author(expected[1])? }, Signed { id: 5, author: author(expected[3])? },]
    );
    // Who is above himself has no end.
    User::update().set(User::manager_id.set(4)).filter(User::id.eq(1)).execute(&db).await?;
    let round = User::query().shape::<Chain>().fetch_all(&db).await;
    assert!(matches!(round, Err(Error::Shape { .. })), "{round:?}");
    Ok(())
}

/// Relations with relations of their own, which need no shape.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Nested {
    id: i64,
    #[shape(expr = User::posts().filter(Post::views.gt(0)).order_by(Post::id).with(
        Post::comments().filter(Comment::id.le(2)).order_by(Comment::id).with(Comment::author().filter(User::id.gt(1)))
    ))]
    posts: Vec<(Post, Vec<(Comment, Option<User>)>)>,
    #[shape(expr = User::manager().with(User::posts().select(Post::id).order_by(Post::id)).with(User::manager()))]
    above: Option<(User, Vec<i64>, Option<User>)>,
    #[shape(expr = User::posts().select(Post::id).order_by(Post::id).limit(1).with(Post::author()))]
    first: Vec<(i64, User)>,
}

#[tokio::test]
async fn relations_with_relations_of_their_own() -> Result {
    let db = filled().await?;
    let nested = User::query().shape::<Nested>().order_by(User::id).fetch_all(&db).await?;
    let rows = User::query()
        .with(
            User::posts().filter(Post::views.gt(0)).order_by(Post::id).with(
                Post::comments()
                    .filter(Comment::id.le(2))
                    .order_by(Comment::id)
                    .with(Comment::author().filter(User::id.gt(1))),
            ),
        )
        .with(User::manager().with(User::posts().select(Post::id).order_by(Post::id)).with(User::manager()))
        .order_by(User::id)
        .fetch_all(&db)
        .await?;
    assert_eq!(nested[0].posts[0].1.len(), 2);
    assert_eq!(
        nested[3].above.as_ref().map(|(user, posts, above)| (user.id, &posts[..], above.is_some())),
        Some((2, &[3, 4][..], true))
    );
    assert_eq!(nested[1].first.iter().map(|(post, author)| (*post, author.id)).collect::<Vec<_>>(), [(3, 2)]);
    let found: Vec<_> = nested.into_iter().map(|Nested { posts, above, .. }| (posts, above)).collect();
    let expected: Vec<_> = rows.into_iter().map(|(_, posts, above)| (posts, above)).collect();
    assert_eq!(found, expected);
    Ok(())
}
