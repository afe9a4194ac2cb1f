//! Shapes within themselves, which are as deep as the rows are.

use std::sync::atomic::Ordering::SeqCst;

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::{
    counting::{Counted, counter},
    model::*,
};

/// What is below a user, to any depth.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Team {
    name: String,
    #[shape(expr = User::employees().order_by(User::id))]
    employees: Vec<Team>,
}

#[tokio::test]
async fn within_itself() -> Result {
    let db = filled().await?;
    let count = counter();
    let top = User::query().filter(User::manager_id.is_null()).shape::<Team>();
    let team = |name: &str, employees| Team { name: name.into(), employees };
    let teams = top.clone().fetch_all(Counted(&db, count)).await?;
    assert_eq!(teams, [team("Ann", vec![team("Bob", vec![team("Dan", vec![])]), team("Cid", vec![])])]);
    // One for each level, and one that finds nothing.
    assert_eq!(count.load(SeqCst), 4);
    assert_eq!(top.fetch_one(&db).await?, teams[0]);
    Ok(())
}

/// Two shapes that hold each other: of each user the posts, and of each post the user again.
#[derive(Shape, Debug, PartialEq)]
#[shape(table = User)]
struct Writer {
    name: String,
    posts: Vec<Written>,
}

#[derive(Shape, Debug, PartialEq)]
#[shape(table = Post)]
struct Written {
    title: String,
    author: Writer,
}

#[tokio::test]
async fn what_has_no_end_is_an_error() -> Result {
    let db = filled().await?;
    let writers = User::query().filter(User::id.eq(1)).shape::<Writer>();
    for error in [writers.clone().fetch_all(&db).await.err(), writers.fetch_one(&db).await.err()] {
        assert!(matches!(error, Some(Error::Shape { .. })), "{error:?}");
    }
    // Nobody has posts: it ends at once.
    let nobody = User::query().filter(User::id.eq(3)).shape::<Writer>().fetch_all(&db).await?;
    assert_eq!(nobody, [Writer { name: "Cid".into(), posts: vec![] }]);
    // A tree whose root is below one of its leaves.
    User::update().set(User::manager_id.set(4)).filter(User::id.eq(1)).execute(&db).await?;
    let round = User::query().filter(User::id.eq(1)).shape::<Team>().fetch_all(&db).await;
    assert!(matches!(round, Err(Error::Shape { .. })), "{round:?}");
    Ok(())
}
